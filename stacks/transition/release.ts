import type { JsonObject } from '../../analysis/graph';
import type { ComponentKind } from '../../components/component';
import { isRecord } from '../../values/record';

/** A reference within a text. Ours hold no braces of their own; texts in them are quoted. */
const reference = /(?<!\$)\$\{(?:[^{}"]|"(?:\\.|[^"\\])*")*\}/g;

/** What tells a server where its database is. */
const poolerFiles = ['live/pooler/pgbouncer.ini', 'live/pooler/authority.pem'] as const;

/**
 * The release of one generation of servers with the pooler of another: while both stand, both reach the same database.
 * @param release a document made by `terraformJson`, with references in its texts
 */
export function withPoolerOf(release: string, other: string): string {
  const kept: string[] = [];
  const [mine, theirs] = [decoded(release, kept), decoded(other, kept)];
  const [files, otherFiles] = [objectAt(mine, 'files'), objectAt(theirs, 'files')];
  const without = Object.fromEntries(Object.entries(files).filter(([path]) => !poolerFiles.some((each) => each === path)));
  const pooler = Object.fromEntries(poolerFiles.flatMap((path) => (otherFiles[path] === undefined ? [] : [[path, otherFiles[path]]])));
  // The engine still has to know this side's own database; a server reads no `own`.
  const own = {
    pooler: mine['pooler'],
    files: Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith('live/pooler/'))),
  };
  const changed = { ...mine, pooler: theirs['pooler'], files: { ...without, ...pooler }, own };
  return encoded(changed, kept);
}

/** Names by which an app finds a component, in its release. */
const endpoints: Readonly<Partial<Record<ComponentKind, readonly string[]>>> = {
  cache: ['REDIS_URL', 'REDIS_CLUSTER'],
  'object-storage': ['STORAGE_BUCKET', 'STORAGE_ENDPOINT', 'STORAGE_REGION', 'STORAGE_ACCESS_KEY_ID', 'STORAGE_SECRET_ACCESS_KEY'],
};

/** The release of one generation of servers whose app finds these components where another's does: while both stand, both use the same. */
export function withEndpointsOf(release: string, other: string, kinds: readonly ComponentKind[]): string {
  const names = new Set(kinds.flatMap((kind) => endpoints[kind] ?? []));
  const kept: string[] = [];
  const [mine, theirs] = [decoded(release, kept), decoded(other, kept)];
  const taken = (key: string): Readonly<Record<string, unknown>> => ({
    ...picked(objectAt(mine, key), (name) => !names.has(name)),
    ...picked(objectAt(theirs, key), (name) => names.has(name)),
  });
  return encoded({ ...mine, settings: taken('settings'), secrets: taken('secrets') }, kept);
}

function picked(values: Readonly<Record<string, unknown>>, which: (name: string) => boolean): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => which(name)));
}

function encoded(document: object, kept: readonly string[]): string {
  return JSON.stringify(document).replace(/@@(\d+)@@/g, (_, index: string) => kept[Number(index)] ?? '');
}

/** The document as data, with a number in the place of each reference. */
function decoded(text: string, kept: string[]): Readonly<Record<string, unknown>> {
  const parsed: unknown = JSON.parse(text.replace(reference, (each) => `@@${kept.push(each) - 1}@@`));
  return isRecord(parsed) ? parsed : {};
}

function objectAt(document: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const found = document[key];
  return isRecord(found) ? found : {};
}

/** Whether a body is a release that a pooler is part of. */
export function isRelease(body: JsonObject): body is JsonObject & { readonly content: string } {
  return typeof body['content'] === 'string' && /"pooler":\{"kind":/.test(body['content']);
}
