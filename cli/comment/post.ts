import { setTimeout as pause } from 'node:timers/promises';
import { ask, type Answer, isRateLimit, type Patience, type Request } from './api';
import { hostFailed, mayNotPost, tooLongForHost } from './errors';
import { authorIn, commentIn, type Comment, type Host } from './host';
import { digestOf, type Mark, marked, markOf } from './mark';

/** What is to be seen on the pull request. */
export interface Page {
  readonly key: string;
  /** Which run made it; a larger number is newer. */
  readonly order: number;
  readonly body: string;
  /** What is posted where the host finds the page too long. */
  readonly short: string;
  /** Whether it is worth a comment where there is none yet. */
  readonly worth: boolean;
}

/** What became of it. */
export interface Posted {
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'superseded' | 'nothing to say';
  readonly comment?: number;
  /** Stale copies that were deleted. */
  readonly deleted: number;
}

interface Own extends Mark {
  readonly id: number;
}

/** A host without a limit of its own would otherwise be read for ever. */
const mostPages = 100;
/** Rounds of writing and looking; each is needed only when another run writes at the same moment. */
const mostRounds = 5;

/**
 * Makes one comment show the page: the one that is there is updated, copies are deleted, a page that did not change is left alone,
 * and one of a newer run is never replaced. No host can say "change it only if it is still as I read it", so that what was written
 * is looked at again, and written again where a slower, older run has replaced it.
 * @throws TerraceError COMMENT_FORBIDDEN, COMMENT_FAILED, COMMENT_TOO_LONG
 */
export async function post(host: Host, page: Page, patience: Patience = {}): Promise<Posted> {
  let wrote: 'created' | 'updated' | undefined;
  let answer: Answer | undefined;
  for (let round = 1; round <= mostRounds; round += 1) {
    const own = await ownComments(host, page.key, patience);
    const newest = own.at(-1);
    if (newest === undefined && !page.worth) return { outcome: 'nothing to say', deleted: 0 };
    if (newest !== undefined && newest.order > page.order)
      return { outcome: 'superseded', comment: newest.id, deleted: await removeOthers(host, own, newest, patience) };
    if (newest !== undefined && shows(newest, page))
      return { outcome: wrote ?? 'unchanged', comment: newest.id, deleted: await removeOthers(host, own, newest, patience) };
    wrote = newest === undefined ? 'created' : 'updated';
    answer = await write(host, page, newest?.id, patience);
    await (patience.wait ?? pause)(patience.settle ?? 3000);
  }
  if (answer !== undefined && !written(answer)) throw failure(host, 'write the comment', answer);
  throw hostFailed(host.name, 'keep the comment', `others replaced it ${mostRounds} times`);
}

function shows(comment: Own, { body, short }: Page): boolean {
  return [digestOf(body), digestOf(short)].includes(comment.digest);
}

/** Comments that carry this page's mark, oldest run first. */
async function ownComments(host: Host, key: string, patience: Patience): Promise<readonly Own[]> {
  const comments: Comment[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = await ask(host.list(page), patience);
    if (answer.status !== 200 || !Array.isArray(answer.json)) throw failure(host, 'list the comments', answer);
    comments.push(...answer.json.flatMap((one) => commentIn(one) ?? []));
    if (!host.hasNext(answer.headers)) break;
  }
  const withMark = comments.flatMap(({ id, body, author }) => {
    const mark = markOf(body);
    return mark?.key === key ? [{ id, author, ...mark }] : [];
  });
  const mine = withMark.length === 0 ? () => true : await authorship(host, patience);
  return withMark.filter(({ author }) => mine(author)).sort((one, other) => one.order - other.order || other.id - one.id);
}

/**
 * Whether a comment is of who asks. Anybody who may comment can write our mark, with the number of a run that will never be: theirs
 * neither silences the page nor is written over. For the token of a job GitHub does not say who it is, but a program.
 */
async function authorship(host: Host, patience: Patience): Promise<(author: Comment['author']) => boolean> {
  const answer = await ask(host.me(), patience);
  if (answer.status === 200) return ({ id }) => id !== '' && id === authorIn(answer.json).id;
  if (host.name === 'GitHub' && (answer.status === 401 || answer.status === 403) && !isRateLimit(answer)) return ({ program }) => program;
  throw failure(host, 'ask whose token this is', answer);
}

async function removeOthers(host: Host, own: readonly Own[], kept: Own, patience: Patience): Promise<number> {
  const others = own.filter(({ id }) => id !== kept.id);
  for (const { id } of others) {
    const { status, ...answer } = await ask(host.remove(id), patience);
    // 404: the other run was faster.
    if (![200, 202, 204, 404].includes(status)) throw failure(host, 'delete a stale comment', { status, ...answer });
  }
  return others.length;
}

/** Writes the page, or its short form where the host says that it is too long. */
async function write(host: Host, page: Page, id: number | undefined, patience: Patience): Promise<Answer> {
  const request = (text: string): Request =>
    id === undefined ? host.create(marked(text, page.key, page.order)) : host.update(id, marked(text, page.key, page.order));
  const answer = await ask(request(page.body), patience);
  const last = tooLong(answer) ? await ask(request(page.short), patience) : answer;
  if (tooLong(last)) throw tooLongForHost(host.name, page.short.length);
  // A lost answer or a 5xx to a creation says nothing about what was done, and 404 that the comment has gone meanwhile: the next look tells.
  const unsure = last.status === 0 || last.status >= 500 ? id === undefined : last.status === 404 && id !== undefined;
  if (!written(last) && !unsure) throw failure(host, id === undefined ? 'create the comment' : 'update the comment', last);
  return last;
}

function written({ status }: Answer): boolean {
  return status === 200 || status === 201;
}

/** GitHub says 422, GitLab 400, both also 413. */
function tooLong({ status, why }: Answer): boolean {
  return status === 413 || ((status === 422 || status === 400) && /too (long|large|big)/i.test(why));
}

function failure(host: Host, what: string, answer: Answer) {
  const refused = (answer.status === 401 || answer.status === 403) && !isRateLimit(answer);
  return refused ? mayNotPost(host.name, answer.why) : hostFailed(host.name, what, answer.why);
}
