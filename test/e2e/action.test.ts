import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageFile } from '../../terraform/package-root';
import { reviewServer, type ReviewServer } from '../cli/comment/server';
import { needs } from '../support/needs';
import { scratch } from '../support/scratch';
import { checkout, type Checkout, type Ended } from './checkout';

jest.setTimeout(300_000);

let desk: Checkout;
let server: ReviewServer;
beforeEach(async () => {
  desk = await checkout();
  server = await reviewServer();
});
afterEach(() => desk.standin.stop());

/** A repository whose project lies in a folder, with production as it is on main and as the change leaves it. */
async function repository(folder: string, change: (text: string) => string): Promise<string> {
  const repo = scratch();
  const project = join(repo, folder);
  const git = (...args: readonly string[]): Promise<Ended> =>
    desk.run('git', '-C', repo, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args);
  const file = join(project, 'environments/production.yaml');
  mkdirSync(join(project, 'environments'), { recursive: true });
  cpSync(packageFile('cdktf.json'), join(project, 'cdktf.json'));
  const text = readFileSync(packageFile('environments/examples/digitalocean-tier3.yaml'), 'utf8')
    .replace(/^name: .*$/m, 'name: production')
    .replace(/^disposable: .*\n/m, '');
  writeFileSync(file, text);
  writeFileSync(join(repo, '.gitignore'), 'cdktf.out\n');
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '.');
  await git('commit', '--quiet', '-m', 'main');
  writeFileSync(file, change(text));
  await git('commit', '--quiet', '-am', 'change');
  return project;
}

const summary = join(scratch(), 'summary.md');

async function review(project: string, run: number, more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const job = {
    GITHUB_API_URL: server.url,
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_REF: 'refs/pull/7/merge',
    GITHUB_RUN_NUMBER: String(run),
    GITHUB_TOKEN: 'token-of-a-test',
    GITHUB_STEP_SUMMARY: summary,
  };
  const env = {
    TERRACE_BASE: 'HEAD~1',
    TERRACE_SETUP: 'true',
    TERRACE_COMMAND: `${process.execPath} ${packageFile('bin/terrace.js')}`,
    ...job,
    ...more,
  };
  return desk.as(env).run('bash', '-c', `cd '${project}' && '${packageFile('action/review.sh')}'`);
}

const withGit = needs('git');

withGit('a change that loses data fails the job, and its comment says so; a second push corrects it', async () => {
  const project = await repository('infrastructure', (text) => text.replace(/^namePrefix: .*$/m, 'namePrefix: another'));
  const dangerous = await review(project, 1);
  expect([dangerous.code, dangerous.err.includes('Comment 1001 was created.')]).toEqual([3, true]);
  const [comment] = server.comments;
  expect(comment?.body.split('\n')[0]).toMatch(/^<!-- terrace-review key=production order=1001 /);
  expect(comment?.body.split('\n').slice(1, 22).join('\n').replaceAll('\\', '')).toContain(
    'digitalocean_database_cluster.database_g1 is replaced',
  );
  writeFileSync(
    join(project, 'environments/production.yaml'),
    (await desk.run('git', '-C', project, 'show', 'HEAD~1:./environments/production.yaml')).out,
  );
  const mended = await review(project, 2);
  expect([mended.code, mended.err.includes('Comment 1001 was updated.')]).toEqual([0, true]);
  expect(server.comments).toHaveLength(1);
  expect((await desk.run('git', '-C', project, 'worktree', 'list')).out.trim().split('\n')).toHaveLength(1);
});

withGit('a change of nothing that is deployed makes no comment', async () => {
  const quiet = await review(await repository('.', (text) => `${text}# a remark\n`), 1);
  expect([quiet.code, quiet.err.includes('There is no comment yet, and nothing to say in one.')]).toEqual([0, true]);
  expect(server.comments).toEqual([]);
});

withGit('without a token the page stands in the summary; without a base nothing is reviewed', async () => {
  const project = await repository('here', (text) => text.replace(/image: .*/, 'image: ghcr.io/example/app:9.9.9'));
  const silent = await review(project, 1, { GITHUB_TOKEN: '' });
  expect([silent.code, silent.err.includes('No token was given, so no comment is written.')]).toEqual([0, true]);
  expect(readFileSync(summary, 'utf8')).toContain('configuration_app');
  expect(await review(project, 1, { TERRACE_BASE: '' })).toMatchObject({
    code: 1,
    err: expect.stringContaining('TERRACE_BASE is not set') as string,
  });
  expect(server.comments).toEqual([]);
});

test('the action hands every input to the script, and both templates name what is there', () => {
  const action = parse(readFileSync(packageFile('action/action.yml'), 'utf8')) as {
    inputs: Record<string, unknown>;
    runs: { steps: { run: string }[] };
  };
  const text = readFileSync(packageFile('action/action.yml'), 'utf8');
  for (const input of Object.keys(action.inputs)) expect(text).toContain(`inputs.${input} }}`);
  expect(action.runs.steps.map(({ run }) => run)).toEqual(['${{ github.action_path }}/review.sh']);
  const job = (parse(readFileSync(packageFile('action/gitlab.yml'), 'utf8')) as Record<string, { script: string[] }>)['terrace-review'];
  expect(job?.script.at(-1)).toBe('node_modules/terrace/action/review.sh');
});

needs('shellcheck')('the script pleases shellcheck', async () => {
  expect(await desk.run('shellcheck', packageFile('action/review.sh'))).toMatchObject({ code: 0, out: '' });
});
