/** Loaded into a server under test: its clock can be put forward, so that an hour's meeting takes seconds. */
const real = Date.now.bind(Date);
let ahead = Number(process.env.AHEAD ?? 0);

Date.now = () => real() + ahead;
process.on('message', (message: { ahead?: number }) => {
	ahead = message.ahead ?? ahead;
});
// The channel alone must not keep a server alive that has stopped.
process.channel?.unref();
