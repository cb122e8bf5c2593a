import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { bounded } from '../postgres/session';

/** Where a Redis or Valkey server is. */
export interface CacheServer {
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  /** Never written anywhere. */
  readonly password?: string;
  /** @default false */
  readonly tls?: boolean;
  /** How the other server reaches this one, where that differs. */
  readonly peer?: { readonly host: string; readonly port: number };
}

/** What a server answers: text, a number, nothing, a list. */
export type Reply = string | number | null | readonly Reply[];

export interface CacheSession {
  readonly server: CacheServer;
  /** Sends one command. @throws Error with what the server says against it */
  readonly send: (...words: readonly string[]) => Promise<Reply>;
  readonly close: () => void;
}

/** Milliseconds that one command may take. */
const COMMAND = 5000;

/** Opens a connection whose every wait is bounded. */
export async function openCache(server: CacheServer): Promise<CacheSession> {
  const socket = server.tls === true ? connectTls({ host: server.host, port: server.port }) : connect(server.port, server.host);
  const waiting: { readonly resolve: (reply: Reply) => void; readonly reject: (error: Error) => void }[] = [];
  const fail = (error: Error): void => waiting.splice(0).forEach(({ reject }) => reject(error));
  let held: Buffer = Buffer.alloc(0);
  socket.on('error', fail).on('close', () => fail(new Error('the connection was closed')));
  socket.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    for (let found = parse(held, 0); found !== undefined; found = parse(held, 0)) {
      held = held.subarray(found.end);
      const next = waiting.shift();
      if (found.reply instanceof Error) next?.reject(found.reply);
      else next?.resolve(found.reply);
    }
  });
  const close = (): void => void socket.destroy();
  await bounded(connected(socket, server.tls === true), 3000, `connecting to ${server.host}:${server.port}`, close);
  const send: CacheSession['send'] = (...words) => {
    const answer = new Promise<Reply>((resolve, reject) => waiting.push({ resolve, reject }));
    socket.write(`*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`);
    return bounded(answer, COMMAND, words[0] ?? '', close);
  };
  if (server.password !== undefined) await send('AUTH', ...(server.user === undefined ? [] : [server.user]), server.password);
  return { server, send, close };
}

function connected(socket: Socket, tls: boolean): Promise<void> {
  return new Promise((resolve, reject) => socket.once(tls ? 'secureConnect' : 'connect', () => resolve()).once('error', reject));
}

interface Found {
  readonly reply: Reply | Error;
  readonly end: number;
}

/** One answer in RESP2 from a position on; undefined while it is not all there. */
export function parse(bytes: Buffer, at: number): Found | undefined {
  const line = bytes.indexOf('\r\n', at);
  if (line < 0) return undefined;
  const text = bytes.toString('utf8', at + 1, line);
  const end = line + 2;
  switch (String.fromCharCode(bytes[at] ?? 0)) {
    case '+':
      return { reply: text, end };
    case '-':
      return { reply: new Error(text), end };
    case ':':
      return { reply: Number(text), end };
    case '$':
      return bulk(bytes, end, Number(text));
    default:
      return list(bytes, end, Number(text));
  }
}

function bulk(bytes: Buffer, at: number, length: number): Found | undefined {
  if (length < 0) return { reply: null, end: at };
  return bytes.length < at + length + 2 ? undefined : { reply: bytes.toString('utf8', at, at + length), end: at + length + 2 };
}

function list(bytes: Buffer, at: number, length: number): Found | undefined {
  const replies: Reply[] = [];
  let end = at;
  for (let index = 0; index < length; index += 1) {
    const found = parse(bytes, end);
    if (found === undefined) return undefined;
    replies.push(found.reply instanceof Error ? found.reply.message : found.reply);
    end = found.end;
  }
  return { reply: length < 0 ? null : replies, end };
}
