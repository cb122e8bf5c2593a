import { setTimeout as pause } from 'node:timers/promises';

/** How patient the talk with a host is. */
export interface Patience {
  /** Attempts in all. @default 4 */
  readonly attempts?: number;
  /** Milliseconds until an attempt is given up. @default 20000 */
  readonly timeout?: number;
  /** Longest wait that a host may ask for, in milliseconds. @default 120000 */
  readonly longestWait?: number;
  /** Milliseconds after which a written comment is looked at once more, because a slower, older run may have replaced it. @default 3000 */
  readonly settle?: number;
  /** Waits; tests give one that does not. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** A request of a host's API. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What came back. `status` 0: nothing did, for the reason in `why`. */
export interface Answer {
  readonly status: number;
  readonly json: unknown;
  readonly headers: Headers;
  readonly why: string;
}

/**
 * Asks, and asks again after 429, 5xx and broken connections, as long as the host wants. Creating is not repeated here: the first
 * attempt may have worked although its answer was lost, and only a look at the comments tells.
 */
export async function ask(request: Request, patience: Patience = {}): Promise<Answer> {
  const { attempts = 4, longestWait = 120_000, wait = pause } = patience;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await once(request, patience.timeout ?? 20_000);
    const waiting = pauseFor(answer, attempt);
    const repeat =
      waiting !== undefined && waiting <= longestWait && attempt < attempts && (request.method !== 'POST' || isRateLimit(answer));
    if (!repeat) return answer;
    await wait(waiting);
  }
}

/** Whether the host refused without having done anything. */
export function isRateLimit({ status, headers }: Answer): boolean {
  return status === 429 || (status === 403 && (headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0'));
}

async function once({ method, url, headers, body }: Request, timeout: number): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method,
      // A redirect would carry the token to wherever it points.
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
      headers: {
        'user-agent': 'terrace',
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, json: parsed(text), headers: response.headers, why: `it answered ${response.status}${said(text)}` };
  } catch (error) {
    return {
      status: 0,
      json: undefined,
      headers: new Headers(),
      why: error instanceof Error && error.name === 'TimeoutError' ? 'it did not answer in time' : 'the connection broke',
    };
  }
}

/** Milliseconds to wait before asking again, where that can help. */
function pauseFor(answer: Answer, attempt: number): number | undefined {
  if (answer.status !== 0 && answer.status < 500 && !isRateLimit(answer)) return undefined;
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : 1000 * 2 ** (attempt - 1);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The host's own sentence, short and on one line. */
function said(text: string): string {
  const json = parsed(text);
  const message = typeof json === 'object' && json !== null && 'message' in json ? json.message : undefined;
  const words = typeof message === 'string' ? message : message === undefined ? '' : JSON.stringify(message);
  // eslint-disable-next-line no-control-regex
  return words === '' ? '' : ` (${words.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, 200)})`;
}
