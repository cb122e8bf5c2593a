import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { standingAt, standsAt } from '../../../promotion/source/source';
import { needs } from '../../support/needs';
import { scratch } from '../../support/scratch';

const withGit = needs('git');

function git(folder: string, ...args: readonly string[]): string {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  };
  return execFileSync('git', ['-C', folder, ...args], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

const path = 'environments/production.yaml';
const source = { remote: 'origin', branch: 'main', path };

/** A bare repository, and two people who work with it. */
function repository(): { readonly mine: string; readonly colleague: string } {
  const folder = scratch();
  git(folder, 'init', '--quiet', '--bare', '--initial-branch=main', 'origin.git');
  for (const name of ['mine', 'colleague']) git(folder, 'clone', '--quiet', 'origin.git', name);
  const [mine, colleague] = [join(folder, 'mine'), join(folder, 'colleague')];
  push(mine, 'tier: tier1\n');
  git(colleague, 'pull', '--quiet', 'origin', 'main');
  return { mine, colleague };
}

function push(folder: string, text: string): void {
  mkdirSync(join(folder, 'environments'), { recursive: true });
  writeFileSync(join(folder, path), text);
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '-m', 'change');
  git(folder, 'push', '--quiet', 'origin', 'HEAD:main');
}

withGit('what was written stands where deploys read it once it is pushed, not before', async () => {
  const { mine } = repository();
  const wanted = Buffer.from('tier: tier1\npromotion:\n  to: tier2\n  phase: expand\n');
  writeFileSync(join(mine, path), wanted);
  expect(await standsAt(source, mine, wanted)).toMatchObject({ stands: false, content: Buffer.from('tier: tier1\n') });
  push(mine, wanted.toString());
  expect(await standsAt(source, mine, wanted)).toMatchObject({
    stands: true,
    where: expect.stringMatching(/^origin main:environments\/production\.yaml at [0-9a-f]{7}$/),
  });
});

withGit('a colleague who pushes in between is seen, because it is fetched each time; a byte is enough', async () => {
  const { mine, colleague } = repository();
  const wanted = Buffer.from('tier: tier1\n');
  expect((await standsAt(source, mine, wanted)).stands).toBe(true);
  push(colleague, 'tier: tier1\r\n');
  expect((await standsAt(source, mine, wanted)).stands).toBe(false);
});

withGit('nothing of the repository moves: no branch, no file, no remote branch', async () => {
  const { mine, colleague } = repository();
  push(colleague, 'tier: tier2\n');
  const state = () => [git(mine, 'for-each-ref'), git(mine, 'status', '--porcelain'), git(mine, 'rev-parse', 'HEAD')];
  const before = state();
  expect((await standingAt(source, mine)).content?.toString()).toBe('tier: tier2\n');
  expect(state()).toEqual(before);
});

withGit('a file that is not there is told apart from a place that cannot be read', async () => {
  const { mine } = repository();
  expect((await standingAt({ ...source, path: 'environments/staging.yaml' }, mine)).content).toBeUndefined();
  await expect(standingAt({ ...source, branch: 'release' }, mine)).rejects.toMatchObject({
    code: 'PROMOTION_SOURCE',
    message: expect.stringContaining('Branch release of origin'),
  });
  await expect(standingAt({ ...source, remote: join(mine, 'nowhere.git') }, mine)).rejects.toMatchObject({ code: 'PROMOTION_SOURCE' });
});

test('the file itself can be the place', async () => {
  const folder = scratch();
  writeFileSync(join(folder, 'production.yaml'), 'tier: tier1\n');
  expect((await standsAt({ file: 'production.yaml' }, folder, Buffer.from('tier: tier1\n'))).stands).toBe(true);
  expect((await standsAt({ file: 'staging.yaml' }, folder, Buffer.from('x'))).stands).toBe(false);
});
