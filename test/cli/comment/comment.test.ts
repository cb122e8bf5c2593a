import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commentCommand, type CommentFlags } from '../../../cli/comment/command';
import { marked, markOf } from '../../../cli/comment/mark';
import { TerraceError } from '../../../values/errors';
import { scratch } from '../../support/scratch';
import { reviewServer, send, type ReviewServer } from './server';

type Where = 'github' | 'gitlab';

interface Run {
  readonly out: string;
  readonly error?: TerraceError;
  readonly waits: readonly number[];
}

function surroundings(where: Where, url: string, run: number): Record<string, string> {
  return where === 'github'
    ? {
        GITHUB_API_URL: url,
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_REF: 'refs/pull/7/merge',
        GITHUB_RUN_NUMBER: String(run),
        GITHUB_TOKEN: 'token-of-a-test',
      }
    : {
        GITLAB_CI: 'true',
        CI_API_V4_URL: `${url}/api/v4`,
        CI_PROJECT_ID: '42',
        CI_MERGE_REQUEST_IID: '7',
        CI_PIPELINE_IID: String(run),
        GITLAB_TOKEN: 'token-of-a-test',
      };
}

async function comment(where: Where, server: ReviewServer, run: number, page: string, flags: CommentFlags = {}): Promise<Run> {
  const cwd = scratch();
  writeFileSync(join(cwd, 'page.md'), page);
  const out: string[] = [];
  const waits: number[] = [];
  const io = {
    env: surroundings(where, server.url, run),
    cwd,
    out: (text: string) => void out.push(text),
    err: () => undefined,
    terminal: { input: false, output: false, errors: false },
    columns: () => 100,
    ask: () => Promise.resolve(''),
  };
  try {
    await commentCommand('page.md', flags, io, {
      timeout: 300,
      settle: 0,
      wait: (milliseconds) => new Promise((done) => setTimeout(done, (waits.push(milliseconds), 1))),
    });
    return { out: out.join(''), waits };
  } catch (error) {
    if (!(error instanceof TerraceError)) throw error;
    return { out: out.join(''), error, waits };
  }
}

const order = (where: Where, run: number): number => (where === 'github' ? run * 1000 + 1 : run);
const ours = (where: Where, run: number, page: string): string => marked(page, 'review', order(where, run));

describe.each<Where>(['github', 'gitlab'])('on %s', (where) => {
  let server: ReviewServer;
  beforeEach(async () => {
    server = await reviewServer();
    server.comments.push({ id: 1, body: 'Looks good.' }, { id: 2, body: `> quoted\n${ours(where, 99, 'a page')}` });
  });

  test('a page is created, left alone while it is the same, and updated when it changed', async () => {
    expect((await comment(where, server, 1, 'first')).out).toBe('Comment 1001 was created.\n');
    expect((await comment(where, server, 2, 'first')).out).toBe('Comment 1001 shows this page already.\n');
    expect((await comment(where, server, 3, 'second')).out).toBe('Comment 1001 was updated.\n');
    expect(server.comments.map(({ body }) => body)).toEqual([
      'Looks good.',
      `> quoted\n${ours(where, 99, 'a page')}`,
      ours(where, 3, 'second'),
    ]);
    expect(server.asked.filter((method) => method !== 'GET')).toEqual(['POST', where === 'github' ? 'PATCH' : 'PUT']);
    expect([...server.tokens]).toEqual([where === 'github' ? 'Bearer token-of-a-test' : 'token-of-a-test']);
  });

  test('a mark that somebody else wrote neither silences the page nor is written over', async () => {
    const forged = { id: 3, body: ours(where, 99_999_999, 'Safe: nothing to see'), by: 'mallory' };
    server.comments.push(forged);
    expect((await comment(where, server, 1, 'dangerous')).out).toBe('Comment 1001 was created.\n');
    expect((await comment(where, server, 2, 'still dangerous')).out).toBe('Comment 1001 was updated.\n');
    expect(server.comments.slice(2)).toEqual([forged, { id: 1001, body: ours(where, 2, 'still dangerous') }]);
  });

  test('a newer run is never overwritten, and the same run may write again', async () => {
    await comment(where, server, 5, 'newer');
    expect((await comment(where, server, 4, 'older')).out).toBe('Comment 1001 is of a newer run and stays.\n');
    expect((await comment(where, server, 5, 'again')).out).toBe('Comment 1001 was updated.\n');
    expect(server.comments.at(-1)?.body).toBe(ours(where, 5, 'again'));
  });

  test('it is found behind many pages of other comments', async () => {
    server.pageSize = 2;
    server.comments.push(
      ...[3, 4, 5].map((id) => ({ id, body: `comment ${id}` })),
      { id: 6, body: ours(where, 1, 'first') },
      { id: 7, body: 'last' },
    );
    expect((await comment(where, server, 2, 'second')).out).toBe('Comment 6 was updated.\n');
    expect(server.comments).toHaveLength(7);
  });

  test('stale copies are deleted, pages of another key stay', async () => {
    server.comments.push(
      { id: 3, body: ours(where, 1, 'a') },
      { id: 4, body: ours(where, 2, 'b') },
      { id: 5, body: marked('other', 'shop', 1) },
    );
    expect((await comment(where, server, 3, 'c')).out).toBe('Comment 4 was updated. A stale copy was deleted.\n');
    expect(server.comments.map(({ id }) => id)).toEqual([1, 2, 4, 5]);
  });

  test('with nothing to say no comment is made, but one that is there is corrected', async () => {
    expect((await comment(where, server, 1, 'nothing changes', { updateOnly: true })).out).toBe(
      'There is no comment yet, and nothing to say in one.\n',
    );
    expect(server.comments).toHaveLength(2);
    await comment(where, server, 2, 'danger');
    expect((await comment(where, server, 3, 'nothing changes', { updateOnly: true, json: true })).out).toContain('"outcome": "updated"');
  });

  test('a page that is too long is posted without what is folded; one that still is too long is an error', async () => {
    server.longest = 400;
    const page = `Verdict: dangerous\n\n<details>\n${'x'.repeat(500)}\n</details>\n`;
    expect((await comment(where, server, 1, page)).out).toBe('Comment 1001 was created.\n');
    expect(server.comments.at(-1)?.body.split('\n').slice(1)).toEqual([
      'Verdict: dangerous',
      '',
      'The details are left out here because the page is too long for a comment; the job has all of it.',
      '',
    ]);
    expect((await comment(where, server, 2, page)).out).toBe('Comment 1001 shows this page already.\n');
    expect((await comment(where, server, 3, 'y'.repeat(500))).error).toMatchObject({ code: 'COMMENT_TOO_LONG' });
  });

  test('a token without the right is explained, and never printed', async () => {
    server.trouble = (_, response) => (send(response, 403, { message: 'Resource not accessible by integration' }), true);
    const { error, waits } = await comment(where, server, 1, 'page');
    expect(error).toMatchObject({
      code: 'COMMENT_FORBIDDEN',
      message: expect.stringContaining(
        'refuses: it answered 403 (Resource not accessible by integration). On GitHub the job needs "permissions: pull-requests: write"',
      ) as string,
    });
    expect(error?.message).not.toContain('token-of-a-test');
    expect(waits).toEqual([]);
  });

  test.each([
    ['429', 429, 'retry-after'],
    ['a secondary limit', 403, 'retry-after'],
  ])('%s is waited for as long as the host asks', async (_name, status, header) => {
    server.trouble = ({ times }, response) => times === 0 && (send(response, status, { message: 'slow down' }, { [header]: '7' }), true);
    const { out, waits } = await comment(where, server, 1, 'page');
    expect(out).toBe('Comment 1001 was created.\n');
    expect(waits.filter((wait) => wait > 0)).toEqual([7000, 7000]);
  });

  test('a wait of an hour is not waited for', async () => {
    server.trouble = (_, response) => (send(response, 429, { message: 'slow down' }, { 'retry-after': '3600' }), true);
    expect((await comment(where, server, 1, 'page')).error).toMatchObject({
      code: 'COMMENT_FAILED',
      message: expect.stringContaining('could not list the comments: it answered 429 (slow down)') as string,
    });
  });

  test('5xx while reading is tried again, and named when it stays', async () => {
    server.trouble = ({ method, times }, response) => method === 'GET' && times < 2 && (send(response, 502, undefined), true);
    expect((await comment(where, server, 1, 'page')).out).toBe('Comment 1001 was created.\n');
    server.trouble = (_, response) => (send(response, 503, undefined), true);
    expect((await comment(where, server, 2, 'other')).error).toMatchObject({
      message: expect.stringContaining('could not list the comments: it answered 503.') as string,
    });
  });

  test('a creation whose answer is lost is looked for, not repeated', async () => {
    const made = server;
    server.trouble = ({ method }, response) => {
      if (method !== 'POST' || made.comments.length > 2) return false;
      made.comments.push({ id: 50, body: ours(where, 1, 'page') });
      return (send(response, 502, undefined), true);
    };
    expect((await comment(where, server, 1, 'page')).out).toBe('Comment 50 was created.\n');
    expect(server.comments).toHaveLength(3);
  });

  test('a creation that always fails ends, with the reason', async () => {
    server.trouble = ({ method }, response) => method === 'POST' && (send(response, 500, { message: 'oops' }), true);
    expect((await comment(where, server, 1, 'page')).error).toMatchObject({
      code: 'COMMENT_FAILED',
      message: expect.stringContaining('could not write the comment: it answered 500 (oops)') as string,
    });
  });

  test('two runs that start at once leave one comment, of the newer', async () => {
    const both = await Promise.all([comment(where, server, 1, 'older'), comment(where, server, 2, 'newer')]);
    expect(both.map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(server.comments.slice(2).map(({ body }) => markOf(body)?.order)).toEqual([order(where, 2)]);
  });

  test('an older run whose write arrives late is written over', async () => {
    await comment(where, server, 1, 'first');
    const kept = server.comments.at(-1);
    // The older run read before and writes after the newer one: its request arrives between the newer one's write and its second look.
    server.trouble = ({ method, times }) => {
      if (method === 'GET' && times === 3 && kept !== undefined) kept.body = ours(where, 2, 'late');
      return false;
    };
    expect((await comment(where, server, 3, 'newest')).out).toBe('Comment 1001 was updated.\n');
    expect(kept?.body).toBe(ours(where, 3, 'newest'));
  });
});

test('what a job does not say is told at once', async () => {
  const io = {
    env: { GITHUB_API_URL: 'http://evil.example', GITHUB_REF: 'refs/heads/main' },
    cwd: scratch(),
    out: () => undefined,
    err: () => undefined,
    terminal: { input: false, output: false, errors: false },
    columns: () => 100,
    ask: () => Promise.resolve(''),
  };
  writeFileSync(join(io.cwd, 'page.md'), 'page');
  const error = await commentCommand('page.md', {}, io).then(
    () => undefined,
    (thrown: unknown) => thrown as TerraceError,
  );
  expect(error).toMatchObject({ code: 'COMMENT_NOWHERE', exitCode: 2 });
  expect(error?.problems.map(({ where, message }) => `${where}: ${message}`)).toEqual([
    'GITHUB_API_URL: it is "http://evil.example". Allowed: an https:// address.',
    'GITHUB_REPOSITORY: it is not set. Allowed: owner/name.',
    'GITHUB_REF: it is "refs/heads/main". Allowed: refs/pull/NUMBER/merge, which a job on pull_request has; elsewhere set TERRACE_PULL_REQUEST.',
    'GITHUB_RUN_NUMBER: it is not set. Allowed: a whole number.',
    'GITHUB_TOKEN: it is not set. Allowed: the token of the job, ${{ github.token }}.',
  ]);
});

test('an empty page, a bad key and an unknown host are refused before anything is asked', async () => {
  const server = await reviewServer();
  expect((await comment('github', server, 1, ' \n')).error).toMatchObject({ code: 'COMMENT_EMPTY', exitCode: 2 });
  expect((await comment('github', server, 1, 'page', { key: 'A b' })).error).toMatchObject({ code: 'COMMENT_OPTION', exitCode: 2 });
  expect((await comment('github', server, 1, 'page', { on: 'gitea' })).error).toMatchObject({ code: 'COMMENT_OPTION', exitCode: 2 });
  expect(server.asked).toEqual([]);
});
