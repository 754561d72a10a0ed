/** A client in a process of its own, to be killed: `node lone-client.ts <origin> <room> <document> <token>`. */
import { sync } from './sync.ts';

const [origin = '', room = '', document = '', token = ''] = process.argv.slice(2);
const { provider, ready } = sync(origin, room, document, token);
await ready();
provider.awareness.setLocalState({ cursor: 7 });
console.log(provider.doc.clientID);
