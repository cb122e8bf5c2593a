import { objectRefused } from '../engine/errors';
import { type Answer, ask, type Bucket, type Request } from './curl';
import { md5Of } from './folder';
import { type Headers, NOTES, type Store, type StoredObject } from './store';

/** What belongs to an object beside its bytes. */
const KEPT = /^(content-type|cache-control|content-disposition|content-encoding|content-language|x-amz-meta-.+)$/;

/** A bucket of any store that speaks as S3 does. @param page objects of one answer to a listing, 1,000 at most */
export function bucketStore(bucket: Bucket, page = 1000): Store {
  return {
    name: nameOf(bucket),
    now: async () => Date.parse((await ask(bucket, { method: 'HEAD', key: NOTES })).headers['date'] ?? ''),
    list: async () =>
      new Map((await listed(bucket, page)).filter(({ key }) => !key.startsWith(NOTES)).map((object) => [object.key, object])),
    modified: async (key) => {
      const request = { method: 'HEAD', key } as const;
      const found = await ask(bucket, request);
      return found.status === 404 ? undefined : Date.parse(accepted(bucket, request, found).headers['last-modified'] ?? '');
    },
    read: async (key, file) => kept((await fine(bucket, { method: 'GET', key, download: file })).headers),
    write: async (key, file, headers) =>
      void (await fine(bucket, {
        method: 'PUT',
        key,
        upload: file,
        headers: { ...headers, 'content-md5': Buffer.from(await md5Of(file), 'hex').toString('base64') },
      })),
  };
}

function nameOf({ endpoint, bucket }: Bucket): string {
  return `${new URL(endpoint).host}/${bucket}`;
}

/** @throws `PROMOTION_OBJECT_REFUSED` */
export async function fine(bucket: Bucket, request: Request): Promise<Answer> {
  return accepted(bucket, request, await ask(bucket, request));
}

/** @throws `PROMOTION_OBJECT_REFUSED` */
export function accepted(bucket: Bucket, request: Request, answer: Answer): Answer {
  if (answer.status >= 300)
    throw objectRefused(
      nameOf(bucket),
      request.method,
      request.key ?? '',
      answer.status,
      tag(answer.text, 'Message') ?? tag(answer.text, 'Code') ?? '',
    );
  return answer;
}

function kept(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => KEPT.test(name)));
}

async function listed(bucket: Bucket, page: number): Promise<readonly StoredObject[]> {
  const found: StoredObject[] = [];
  for (let token: string | undefined = ''; token !== undefined;) {
    const { text }: Answer = await fine(bucket, {
      method: 'GET',
      query: {
        'list-type': '2',
        'encoding-type': 'url',
        'max-keys': String(page),
        ...(token === '' ? {} : { 'continuation-token': token }),
      },
    });
    for (const [, entry = ''] of text.matchAll(/<Contents>(.*?)<\/Contents>/gs)) found.push(objectOf(entry));
    token = tag(text, 'IsTruncated') === 'true' ? tag(text, 'NextContinuationToken') : undefined;
  }
  return found;
}

function objectOf(entry: string): StoredObject {
  const etag = (tag(entry, 'ETag') ?? '').replaceAll('"', '');
  return {
    key: decodeURIComponent((tag(entry, 'Key') ?? '').replaceAll('+', ' ')),
    size: Number(tag(entry, 'Size')),
    modified: Date.parse(tag(entry, 'LastModified') ?? ''),
    md5: /^[0-9a-f]{32}$/.test(etag) ? etag : undefined,
  };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function tag(text: string, name: string): string | undefined {
  const found = new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(text)?.[1];
  return found?.replaceAll(/&(?:#(\d+)|(\w+));/g, (whole, code: string | undefined, word: string | undefined) =>
    code === undefined ? (ENTITIES[word ?? ''] ?? whole) : String.fromCodePoint(Number(code)),
  );
}
