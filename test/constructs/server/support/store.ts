import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The `config` bucket on loopback: one object, keys that may be refused, and signatures that are checked. */
export interface Store {
  readonly endpoint: string;
  /** Access key id to secret; what is not here is refused. */
  readonly keys: Map<string, string>;
  /** Access key ids of accepted requests, in order. */
  readonly served: string[];
  body: string;
  /** How the next answers are spoilt. */
  fault: 'none' | 'cut connection' | 'half a body' | 'error 503';
  close(): Promise<void>;
}

export async function openStore(): Promise<Store> {
  const store = { keys: new Map<string, string>(), served: [] as string[], body: '', fault: 'none' as Store['fault'] };
  const server = createServer((request, response) => answer(store, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(store, { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => closed(server) });
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

function answer(store: Omit<Store, 'endpoint' | 'close'>, request: IncomingMessage, response: ServerResponse): void {
  const { fault, body } = store;
  if (fault === 'error 503') return void response.writeHead(503).end('<Error/>');
  const id = signedBy(store.keys, request);
  if (id === undefined) return void response.writeHead(403).end('<Error><Code>InvalidAccessKeyId</Code></Error>');
  store.served.push(id);
  if (body === '') return void response.writeHead(404).end('<Error/>');
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
  const half = Buffer.from(body).subarray(0, Math.floor(body.length / 2));
  if (fault === 'half a body') return void response.writeHead(200, { etag }).end(half);
  response.writeHead(200, { etag, 'content-length': Buffer.byteLength(body) });
  if (fault === 'none') return void response.end(body);
  response.write(half, () => response.destroy());
}

/** The access key id, when the request carries a valid signature of version 4 by a known key. */
function signedBy(keys: ReadonlyMap<string, string>, request: IncomingMessage): string | undefined {
  const parts = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)$/.exec(
    request.headers.authorization ?? '',
  );
  const [, id = '', scope = '', signed = '', signature] = parts ?? [];
  const secret = keys.get(id);
  if (secret === undefined) return undefined;
  const headers = signed
    .split(';')
    .map((name) => `${name}:${String(request.headers[name]).trim()}\n`)
    .join('');
  const payload = String(request.headers['x-amz-content-sha256'] ?? hash(''));
  const canonical = [request.method, request.url, '', headers, signed, payload].join('\n');
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, hash(canonical)].join('\n');
  const key = scope.split('/').reduce<Buffer | string>((from, part) => hmac(from, part), `AWS4${secret}`);
  return hmac(key, text).toString('hex') === signature ? id : undefined;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
