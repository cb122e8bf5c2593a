import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sourceUnreadable } from './errors';

/** Where deploys read an environment file: on a branch of a remote, or the file itself. */
export type Source = { readonly remote: string; readonly branch: string; readonly path: string } | { readonly file: string };

/** What stands where deploys read it. */
export interface Standing {
  /** Undefined where no such file stands there. */
  readonly content: Buffer | undefined;
  /** The place, for a person: `origin main:environments/production.yaml at 1a2b3c4`. */
  readonly where: string;
}

const run = promisify(execFile);

/**
 * Reads the file where deploys read it: fetched anew each time, because a colleague may have pushed. Writes nothing into the
 * repository but what a fetch does.
 * @param folder any folder of the repository in which the remote is known
 * @throws `PROMOTION_SOURCE` when the remote or the branch cannot be read
 */
export async function standingAt(source: Source, folder: string): Promise<Standing> {
  if ('file' in source) return { content: contentOf(join(folder, source.file)), where: source.file };
  const commit = await tipOf(source, folder);
  const { stdout } = await git(folder, ['ls-tree', '--full-tree', '-z', commit, '--', source.path], source);
  const where = `${source.remote} ${source.branch}:${source.path} at ${commit.slice(0, 7)}`;
  const blob = /^\d+ blob ([0-9a-f]+)\t/.exec(stdout.toString('utf8'))?.[1];
  return { content: blob === undefined ? undefined : (await git(folder, ['cat-file', 'blob', blob], source)).stdout, where };
}

/** Whether exactly these bytes stand where deploys read them. */
export async function standsAt(source: Source, folder: string, wanted: Buffer): Promise<Standing & { readonly stands: boolean }> {
  const standing = await standingAt(source, folder);
  return { ...standing, stands: standing.content?.equals(wanted) === true };
}

/** The path of a file within its repository, as a remote knows it. */
export async function placeInRepository(
  folder: string,
  file: string,
  source: Omit<Exclude<Source, { readonly file: string }>, 'path'>,
): Promise<string> {
  const { stdout } = await git(folder, ['rev-parse', '--show-prefix'], { ...source, path: file });
  return `${stdout.toString('utf8').trim()}${file}`;
}

/** The newest commit of the branch, fetched into a name of its own so that nobody's branch moves. */
async function tipOf(source: Exclude<Source, { readonly file: string }>, folder: string): Promise<string> {
  const name = `refs/terrace/source/${process.pid}`;
  await git(
    folder,
    ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--refmap=', source.remote, `+refs/heads/${source.branch}:${name}`],
    source,
  );
  const { stdout } = await git(folder, ['rev-parse', '--verify', `${name}^{commit}`], source);
  await git(folder, ['update-ref', '-d', name], source);
  return stdout.toString('utf8').trim();
}

/** Never asks for a password: a pipeline has nobody who could answer. */
async function git(
  folder: string,
  args: readonly string[],
  source: Exclude<Source, { readonly file: string }>,
): Promise<{ readonly stdout: Buffer }> {
  try {
    return await run('git', ['-C', folder, ...args], {
      encoding: 'buffer',
      maxBuffer: 2 ** 24,
      timeout: 120_000,
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
    });
  } catch (error) {
    throw sourceUnreadable(source.remote, source.branch, reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  const { stderr, message } = error as { readonly stderr?: Buffer; readonly message: string };
  const said = stderr
    ?.toString('utf8')
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .at(-1);
  return said ?? message;
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
