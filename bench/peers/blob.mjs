/** Gives everybody who asks the same few megabytes, and nothing else: what a join costs in sending alone. */
import { WebSocketServer } from 'ws';

const SYNC_STEP_2 = [0, 1];
const megabytes = Buffer.alloc(4_017_201 - 7, 1);
const length = [];
for (let rest = megabytes.length; ; rest = Math.floor(rest / 128)) {
	length.push(rest < 128 ? rest : (rest % 128) + 128);
	if (rest < 128) break;
}
const message = Buffer.concat([Buffer.from([...SYNC_STEP_2, ...length]), megabytes]);

const server = new WebSocketServer({
	host: '127.0.0.1',
	port: Number(process.env.PORT),
	perMessageDeflate: false
});
server.on('connection', (socket) => socket.on('message', () => socket.send(message)));
server.on('listening', () => console.log('ready'));
