import type { JsonObject } from '../../analysis/graph';
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
  return JSON.stringify(changed).replace(/@@(\d+)@@/g, (_, index: string) => kept[Number(index)] ?? '');
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
