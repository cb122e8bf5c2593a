import { createWriteStream } from 'node:fs';
import { get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { fetchFailed } from '../errors';
import { messageOf } from '../../../values/errors';

/** How patient a download is. */
export interface Patience {
  /** Milliseconds without a byte after which the connection is given up. @default 30000 */
  readonly idle?: number;
  /** Milliseconds that one attempt may take in all, so that a server that drips a byte now and then does not hold us for days. @default 1200000 (20 minutes) */
  readonly whole?: number;
  /** Bytes that an answer may have, unpacked. The largest list that is read, AmazonEC2 of one region, has some hundred MB. @default 2 GiB */
  readonly mostBytes?: number;
  /** Attempts in all. @default 4 */
  readonly attempts?: number;
  /** Longest wait that a server may ask for, in milliseconds. @default 60000 */
  readonly longestWait?: number;
  /** Waits; tests give one that does not. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

type Headers = Readonly<Record<string, string>>;

type Limits = Required<Pick<Patience, 'idle' | 'whole' | 'mostBytes'>>;

/** What an attempt came to. */
type Outcome = { readonly done: true } | { readonly done: false; readonly why: string; readonly again: boolean; readonly after?: number };

/**
 * Fetches an address into a file. Tries again after 429 and 5xx answers and broken connections, as long as the server asks
 * for, but neither longer nor more often than the patience says. Redirects are not followed: a token would go with them.
 * @throws TerraceError CLI_PRICES_FETCH_FAILED
 */
export async function download(url: string, headers: Headers, file: string, patience: Patience = {}): Promise<void> {
  const { attempts = 4, longestWait = 60_000, wait = pause } = patience;
  const limits: Limits = {
    idle: patience.idle ?? 30_000,
    whole: patience.whole ?? 1_200_000,
    mostBytes: patience.mostBytes ?? 2 * 2 ** 30,
  };
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await once(url, headers, file, limits);
    if (outcome.done) return;
    const waiting = outcome.after ?? 1000 * 2 ** (attempt - 1);
    if (waiting > longestWait) throw fetchFailed(url, `${outcome.why}, and asked to wait for ${Math.round(waiting / 1000)} seconds`);
    if (!outcome.again || attempt === attempts)
      throw fetchFailed(url, attempt === 1 ? outcome.why : `${outcome.why}, after ${attempt} attempts`);
    await wait(waiting);
  }
}

async function once(url: string, headers: Headers, file: string, limits: Limits): Promise<Outcome> {
  const end = AbortSignal.timeout(limits.whole);
  let answer: IncomingMessage;
  try {
    answer = await request(url, headers, limits.idle, end);
  } catch (error) {
    return { done: false, why: end.aborted ? tooSlow(limits) : reason(error), again: !end.aborted };
  }
  const status = answer.statusCode ?? 0;
  if (status !== 200) {
    answer.destroy();
    return refusal(status, answer.headers['retry-after']);
  }
  try {
    await save(answer, file, limits.mostBytes, end);
    return answer.complete ? { done: true } : { done: false, why: 'the answer was cut off', again: true };
  } catch (error) {
    if (end.aborted) return { done: false, why: tooSlow(limits), again: false };
    return error instanceof TooLong ? { done: false, why: error.message, again: false } : { done: false, why: reason(error), again: true };
  }
}

function tooSlow({ whole }: Limits): string {
  return `it was not done after ${whole / 1000} seconds`;
}

function request(url: string, headers: Headers, idle: number, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const get = url.startsWith('https:') ? getHttps : getHttp;
    const asked = get(
      url,
      { headers: { accept: 'application/json', 'accept-encoding': 'gzip', 'user-agent': 'terrace', ...headers }, agent: false, signal },
      resolve,
    );
    asked.setTimeout(idle, () => asked.destroy(new Error(`no answer for ${idle / 1000} seconds`)));
    asked.on('error', reject);
  });
}

async function save(answer: IncomingMessage, file: string, mostBytes: number, signal: AbortSignal): Promise<void> {
  const out = createWriteStream(file, { mode: 0o600 });
  const bounded = atMost(mostBytes);
  if (answer.headers['content-encoding'] === 'gzip') await pipeline(answer, createGunzip(), bounded, out, { signal });
  else await pipeline(answer, bounded, out, { signal });
}

class TooLong extends Error {}

/** Passes bytes on until there are too many: a small packed answer can hold a disk full of zeros. */
function atMost(bytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > bytes) done(new TooLong(`it has more than ${Math.floor(bytes / 2 ** 20)} MiB`));
      else done(null, chunk);
    },
  });
}

function refusal(status: number, retryAfter: string | undefined): Outcome {
  const why = `it answered ${status}${meanings[status] === undefined ? '' : `, ${meanings[status]}`}`;
  if (status !== 429 && status < 500) return { done: false, why, again: false };
  const seconds = retryAfter === undefined ? Number.NaN : Number(retryAfter);
  return { done: false, why, again: true, ...(Number.isFinite(seconds) && seconds >= 0 ? { after: seconds * 1000 } : {}) };
}

const meanings: Readonly<Record<number, string>> = {
  301: 'it has moved',
  302: 'it has moved',
  401: 'the token is not accepted',
  403: 'the token may not do that',
  404: 'there is no such list',
  429: 'too many requests',
};

function reason(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
  const message = messageOf(error);
  return (code === undefined ? undefined : codes[code]) ?? message.toLowerCase();
}

const codes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection broke',
  ENOTFOUND: 'there is no such host',
  ERR_STREAM_PREMATURE_CLOSE: 'the answer was cut off',
  Z_BUF_ERROR: 'the answer was cut off',
  Z_DATA_ERROR: 'the answer is not what it says it is',
};
