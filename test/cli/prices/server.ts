import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that the server saw. */
export interface Seen {
  readonly url: string;
  readonly authorization: string | undefined;
}

/** A server of price lists on loopback. */
export interface PriceServer {
  readonly url: string;
  readonly seen: readonly Seen[];
}

type Answer = (request: IncomingMessage, response: ServerResponse, times: number) => void;

const servers: Server[] = [];

/** Starts a server that answers with what is given, by path; the number says how often that path was asked before. */
export async function priceServer(answers: Readonly<Record<string, Answer>>): Promise<PriceServer> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    const times = seen.filter((one) => one.url === url).length;
    seen.push({ url, authorization: request.headers.authorization });
    const answer = answers[url];
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response, times);
  });
  servers.push(server);
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

/** Answers with JSON. */
export function json(body: unknown): Answer {
  return (_, response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));
}

afterAll(async () => {
  await Promise.all(
    servers.splice(0).map(
      (server) =>
        new Promise<void>((done) => {
          server.closeAllConnections();
          server.close(() => done());
        }),
    ),
  );
});
