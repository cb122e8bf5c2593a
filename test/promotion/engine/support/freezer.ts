import { type AddressInfo, connect, createServer, type Server as NetServer, type Socket } from 'node:net';

export interface Freezer {
  readonly port: number;
  readonly freeze: (frozen: boolean) => void;
  readonly close: () => void;
}

/** What stands between two servers and can stop moving bytes without closing anything. */
export async function freezer(to: number): Promise<Freezer> {
  const sockets = new Set<Socket>();
  let frozen = false;
  const server: NetServer = createServer((client) => {
    const upstream = connect(to, '127.0.0.1');
    for (const [from, into] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from
        .on('data', (chunk) => into.write(chunk))
        .on('error', () => undefined)
        .on('close', () => into.destroy());
      if (frozen) from.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    freeze: (now) => {
      frozen = now;
      for (const socket of sockets) void (now ? socket.pause() : socket.resume());
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
