/** A link to a server that can be held: connections stay open and nothing passes, as on a phone whose network has died without a sign. */

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface HeldLink {
  /** host:port, in place of the server's. */
  readonly address: string;
  hold(): void;
  release(): void;
  close(): Promise<void>;
}

/** `to`: host:port. */
export async function openLink(to: string): Promise<HeldLink> {
  const { hostname, port } = new URL(`http://${to}`);
  const sockets = new Set<Socket>();
  let held = false;
  const pass = (from: Socket, into: Socket) => {
    sockets.add(from);
    from.on('data', (bytes) => into.write(bytes));
    from.on('end', () => into.end());
    from.on('error', () => into.destroy());
    from.on('close', () => sockets.delete(from));
    if (held) from.pause();
  };
  const server = createServer((phone) => {
    const other = connect(Number(port), hostname);
    pass(phone, other);
    pass(other, phone);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold() {
      held = true;
      for (const socket of sockets) socket.pause();
    },
    release() {
      held = false;
      for (const socket of sockets) socket.resume();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
