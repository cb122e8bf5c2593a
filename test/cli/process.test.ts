import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../../terraform/package-root';
import { processesIn, until } from '../support/processes';
import { scratch } from '../support/scratch';
import { addressesInState, plansIn, runs } from '../terraform/stack';
import { handMade, lockedStack } from './desk';

// These tests run what `npm run build` has made, as a person does.
jest.setTimeout(120_000);

const terrace = packageFile('bin', 'terrace.js');

function checkout(): string {
  const folder = scratch();
  for (const part of ['cdktf.json', 'environments']) cpSync(packageFile(part), join(folder, part), { recursive: true });
  return folder;
}

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): { status: number | null; stdout: string; stderr: string } {
  const { TERRACE_ENVIRONMENT: _name, CDKTF_OUTDIR: _outdir, ...rest } = process.env;
  return spawnSync(process.execPath, [...args], { cwd: checkout(), env: { ...rest, NO_COLOR: '1', ...env }, encoding: 'utf8' });
}

describe('the command as a process', () => {
  test('npm start and terrace start are the same', () => {
    const start = run([packageFile('dist', 'cli', 'start.js')]);
    expect(start).toMatchObject({ status: 0, stderr: '' });
    expect(run([terrace, 'start']).stdout).toBe(start.stdout);
  });

  test('--json on standard output is one document, whatever is said beside it', () => {
    const synth = run([terrace, 'synth', '--json']);
    expect(synth.status).toBe(0);
    expect(JSON.parse(synth.stdout)).toMatchObject({ environment: 'production' });
  });

  test.each([
    ['terrace', [terrace, 'synth']],
    ['cdktf', [packageFile('dist', 'main.js')]],
  ])('%s: what the system refuses is told as that, not as a fault of ours, and without a stack trace', (_name, args) => {
    const file = join(scratch(), 'file');
    writeFileSync(file, '');
    const refused = run(args, { CDKTF_OUTDIR: join(file, 'out') });
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(
      `The system refused to mkdir ${join(file, 'out')}: a part of the path is a file, not a folder (ENOTDIR). Make that possible, or work in another folder, and run this again.`,
    );
    expect(refused.stderr).not.toMatch(/^\s+at /m);
  });

  test('start needs no Terraform; diff says what to install', () => {
    const empty = scratch();
    expect(run([terrace, 'start'], { PATH: empty }).status).toBe(0);
    const diff = run([terrace, 'diff', 'tier3'], { PATH: empty });
    expect(diff).toMatchObject({ status: 1, stdout: '' });
    expect(diff.stderr).toContain(
      'Error: Terraform was not found: looked for terraform, then tofu on the PATH.\nInstall Terraform 1.10 or later',
    );
    expect(diff.stderr).not.toMatch(/^\s+at /m);
  });

  test('a broken environment file: exit 2, the place, nothing written', () => {
    const folder = checkout();
    writeFileSync(join(folder, 'environments', 'broken.yaml'), 'name: broken\ntier: tier33\n');
    const outcome = spawnSync(process.execPath, [terrace, 'start', '-e', 'broken'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
    expect(outcome).toMatchObject({ status: 2, stdout: '' });
    expect(outcome.stderr).toContain('environments/broken.yaml:2:7');
    expect(existsSync(join(folder, 'cdktf.out'))).toBe(false);
  });

  test('a reader that leaves early is no failure', () => {
    const piped = spawnSync('sh', ['-c', `"${process.execPath}" "${terrace}" start --json | head -c 10`], {
      cwd: checkout(),
      encoding: 'utf8',
    });
    expect(piped).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('Ctrl-C during an apply', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s to the whole group: Terraform gets one, ends in order, and nothing is left running',
    async (signal) => {
      const made = handMade({
        stacks: {
          tier3: lockedStack({
            tier: 'tier3',
            resources: {
              first: {},
              slow: { depends_on: ['terraform_data.first'], ...runs('touch begun; exec sleep 30') },
              waiting: { depends_on: ['terraform_data.slow'] },
            },
          }),
        },
      });
      const directory = made.directories['tier3'] ?? '';
      const child = deployProcess(made.project, directory);
      const err = collected(child);
      await until(() => existsSync(join(directory, 'begun')), 60_000);
      // A terminal sends it to every process of the foreground group; an impatient person sends it again.
      process.kill(-(child.pid ?? 0), signal);
      process.kill(-(child.pid ?? 0), signal);
      const code = await new Promise((done) => child.on('close', done));
      expect(code).toBe(1);
      expect(err()).toContain('Interrupted: Terraform ends what it has begun and saves the state.');
      expect(err()).toContain(
        'Error: Interrupted. Terraform has ended in order: what it had begun is in the state, the rest was not started.',
      );
      await until(() => processesIn(directory).length === 0, 60_000);
      expect(addressesInState(directory, 'production.tfstate')).toEqual([
        'terraform_data.first',
        'terraform_data.recorded_tier',
        'terraform_data.slow',
      ]);
      expect(plansIn(directory)).toEqual([]);
    },
  );
});

/** `terrace deploy tier3 --auto-approve` on stacks written by hand, as a process group of its own. */
function deployProcess(project: string, directory: string): ChildProcess {
  const script = join(project, 'deploy.cjs');
  const opened = {
    folder: project,
    file: 'environments/production.yaml',
    environment: { name: 'production', tier: 'tier3', platform: 'digitalocean' },
    warnings: [],
    leftOut: [],
  };
  writeFileSync(
    script,
    `const { run } = require(${JSON.stringify(packageFile('dist', 'cli', 'program.js'))});
     const { processIo } = require(${JSON.stringify(packageFile('dist', 'cli', 'io.js'))});
     const directory = ${JSON.stringify(directory)};
     const json = JSON.parse(require('node:fs').readFileSync(require('node:path').join(directory, 'cdk.tf.json'), 'utf8'));
     const stack = { id: 'tier3', tier: { id: 'tier3' }, directory, json };
     run(['deploy', 'tier3', '--auto-approve'], processIo(), { open: async () => ({ ...${JSON.stringify(opened)}, stacks: [stack], recorded: stack }) }).then((code) => { process.exitCode = code; });`,
  );
  return spawn(process.execPath, [script], { cwd: project, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
}

function collected(child: ChildProcess): () => string {
  const chunks: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdout?.resume();
  return () => Buffer.concat(chunks).toString('utf8');
}
