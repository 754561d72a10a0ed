/** The least that a server could do: every frame goes to everybody else of the same address. No CRDT, no storage. */
import { WebSocketServer } from 'ws';

const rooms = new Map();
const server = new WebSocketServer({
	host: '127.0.0.1',
	port: Number(process.env.PORT),
	perMessageDeflate: false
});
server.on('connection', (socket, { url }) => {
	const room = rooms.get(url) ?? new Set();
	rooms.set(url, room.add(socket));
	socket.on('message', (data) => {
		for (const other of room) if (other !== socket) other.send(data);
	});
	socket.on('close', () => {
		room.delete(socket);
		if (room.size === 0) rooms.delete(url);
	});
});
server.on('listening', () => console.log('ready'));
