/** y-websocket 2's server as its package starts it, in memory. The package exports its programme to shells only. */
process.env.HOST = '127.0.0.1';
await import('../node_modules/y-websocket/bin/server.cjs');
