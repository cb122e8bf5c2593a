import { printJson } from '../answer';
import { givenFile } from '../given-file';
import type { Io } from '../io';
import type { Common } from '../command';
import type { Patience } from './api';
import { emptyPage, wrongChoice } from './errors';
import { spotFrom } from './place';
import { post, type Posted } from './post';

export interface CommentFlags extends Omit<Common, 'environment'> {
  readonly on?: string;
  readonly key?: string;
  readonly updateOnly?: boolean;
}

/** Shows a page on the pull request that the job runs for. @returns 0; what became of it is printed */
export async function commentCommand(file: string, options: CommentFlags, io: Io, patience: Patience = {}): Promise<number> {
  const { key = 'review' } = options;
  if (!/^[a-z0-9-]{1,64}$/.test(key)) throw wrongChoice('key', key, '1 to 64 lower-case letters, digits and hyphens');
  if (options.on !== undefined && options.on !== 'github' && options.on !== 'gitlab')
    throw wrongChoice('on', options.on, 'github or gitlab');
  const body = givenFile('page', file, io);
  if (body.trim() === '') throw emptyPage(file);
  const { host, order } = spotFrom(io.env, options.on);
  const posted = await post(host, { key, order, body, short: shortened(body), worth: options.updateOnly !== true }, patience);
  if (options.json === true) printJson({ host: host.name, ...posted }, io);
  else io.out(`${sentence(posted)}\n`);
  return 0;
}

/** The page without what is folded: verdict, dangers and sums stand before it. */
function shortened(body: string): string {
  const fold = body.indexOf('<details');
  return fold === -1
    ? body
    : `${body.slice(0, fold).trimEnd()}\n\nThe details are left out here because the page is too long for a comment; the job has all of it.\n`;
}

function sentence({ outcome, comment, deleted }: Posted): string {
  const copies = deleted === 0 ? '' : ` ${deleted === 1 ? 'A stale copy was' : `${deleted} stale copies were`} deleted.`;
  const text: Readonly<Record<Posted['outcome'], string>> = {
    created: `Comment ${comment} was created.`,
    updated: `Comment ${comment} was updated.`,
    unchanged: `Comment ${comment} shows this page already.`,
    superseded: `Comment ${comment} is of a newer run and stays.`,
    'nothing to say': 'There is no comment yet, and nothing to say in one.',
  };
  return `${text[outcome]}${copies}`;
}
