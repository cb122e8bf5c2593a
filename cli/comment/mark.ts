import { createHash } from 'node:crypto';

/** What a comment of ours says of itself, in a line that nobody sees. */
export interface Mark {
  /** Which page this is: one pull request can carry the pages of several projects. */
  readonly key: string;
  /** Which run wrote it; a larger number is newer. */
  readonly order: number;
  /** Of the page below, so that a page that did not change is not written again. */
  readonly digest: string;
}

const pattern = /^<!-- terrace-review key=([a-z0-9-]{1,64}) order=(\d{1,15}) digest=([0-9a-f]{16}) -->(?:\r?\n|$)/;

/** The page as a comment: mark first, so that it survives whatever follows. */
export function marked(page: string, key: string, order: number): string {
  return `<!-- terrace-review key=${key} order=${order} digest=${digestOf(page)} -->\n${page}`;
}

/** The mark of a comment that is ours. Only the very first line counts: quoting a comment does not make another one. */
export function markOf(body: string): Mark | undefined {
  const found = pattern.exec(body);
  return found === null ? undefined : { key: found[1] ?? '', order: Number(found[2]), digest: found[3] ?? '' };
}

/** Short name of a page's content. */
export function digestOf(page: string): string {
  return createHash('sha256').update(page).digest('hex').slice(0, 16);
}
