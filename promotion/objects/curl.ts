import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { programFailed } from '../engine/errors';
import { withTemporary } from '../temporary';
import type { Headers } from './store';

/** A bucket, and the key that opens it. */
export interface Bucket {
  /** `https://fra1.digitaloceanspaces.com`, `https://s3.eu-central-1.amazonaws.com`. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Never written anywhere. */
  readonly keyId: string;
  readonly secretKey: string;
  /** Of a key that lasts an hour. */
  readonly sessionToken?: string;
}

export interface Request {
  readonly method: 'GET' | 'PUT' | 'DELETE' | 'HEAD';
  /** @default - the bucket itself */
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Headers;
  /** Bytes to send. */
  readonly upload?: string;
  /** Where the answer's bytes go. @default - they are returned as text */
  readonly download?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Seconds that one object may take: 5 GiB, the most that one request may send, at 10 MB a second. */
const LIMIT = 600;

/**
 * Asks a bucket by curl, which signs as the servers do (`--aws-sigv4`, curl 7.75 or later); so does every server of ours fetch its releases.
 * What must not show in a command line goes in by a pipe.
 * @throws `PROMOTION_PROGRAM` when there is no answer
 */
export async function ask(bucket: Bucket, request: Request): Promise<Answer> {
  return await withTemporary(async (folder) => {
    const [head, body] = [join(folder, 'headers'), request.download ?? join(folder, 'body')];
    const status = Number(await run(configuration(bucket, request, head, body)));
    const text = request.download === undefined && request.method !== 'HEAD' ? read(body) : '';
    return { status, headers: headersOf(read(head)), text };
  });
}

function configuration(
  bucket: Bucket,
  { method, key = '', query = {}, headers = {}, upload }: Request,
  head: string,
  body: string,
): string {
  const search = Object.entries(query)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .join('&');
  const path = [bucket.bucket, ...key.split('/')].map(encoded).join('/');
  const sent = { Expect: '', ...headers, ...(bucket.sessionToken === undefined ? {} : { 'x-amz-security-token': bucket.sessionToken }) };
  const lines: readonly (readonly [string, string])[] = [
    ['url', `${bucket.endpoint.replace(/\/$/, '')}/${path}${search === '' ? '' : `?${search}`}`],
    ['aws-sigv4', `aws:amz:${bucket.region}:s3`],
    ['user', `${bucket.keyId}:${bucket.secretKey}`],
    ...(upload === undefined ? [] : [['upload-file', upload] as const]),
    ...(method === 'HEAD' ? [] : [['request', method] as const]),
    ...Object.entries(sent).map(([name, value]) => ['header', value === '' ? `${name}:` : `${name}: ${value}`] as const),
    ['dump-header', head],
    ['output', body],
    ['write-out', '%{http_code}'],
  ];
  return `${lines.map(([name, value]) => `${name} = "${value.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll(/[\r\n]/g, ' ')}"`).join('\n')}\n${method === 'HEAD' ? 'head\n' : ''}`;
}

/** As S3 wants it in what is signed: everything but letters, digits and -._~ (RFC 3986). */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * Runs curl with its configuration from the third pipe, and ends it when the first one does: an upload that outlives a killed engine would put an older
 * version of an object over the one that the next run has copied.
 */
const TOGETHER = `exec 4<&0
curl "$@" <&3 3<&- 4<&- & curl=$!
{ cat <&4; kill $curl; } >/dev/null 2>&1 3<&- & watch=$!
wait $curl; code=$?
kill $watch
exit $code`;

function run(config: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      'sh',
      [
        '-c',
        TOGETHER,
        'curl',
        '--config',
        '-',
        '--silent',
        '--show-error',
        '--globoff',
        '--path-as-is',
        '--connect-timeout',
        '10',
        '--max-time',
        String(LIMIT),
        '--retry',
        '3',
      ],
      { stdio: ['pipe', 'pipe', 'pipe', 'pipe'] },
    );
    const given = child.stdio[3] as Writable;
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('error', (error) => reject(programFailed('curl', error.message)));
    child.on('close', (code) => (code === 0 ? resolve(out.slice(-3)) : reject(programFailed('curl', err.trim().slice(0, 300)))));
    given.on('error', () => undefined);
    given.end(config);
  });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // An answer without a body leaves none.
    return '';
  }
}

/** Of the last answer: one that was asked for again has several. */
function headersOf(text: string): Headers {
  const last =
    text
      .trim()
      .split(/\r?\n\r?\n/)
      .at(-1) ?? '';
  return Object.fromEntries(
    last
      .split(/\r?\n/)
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
}
