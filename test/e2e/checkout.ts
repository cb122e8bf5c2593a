import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../../terraform/package-root';
import { startStandin, Standin } from '../../terraform/standin/server';
import { scratch } from '../support/scratch';

/** What a program printed and exited with. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A person's project in a folder of its own, with a home of its own and the stand-in as its provider. */
export interface Checkout {
  readonly folder: string;
  readonly standin: Standin;
  readonly env: NodeJS.ProcessEnv;
  /** `cdktf ...`, the command line of cdktf-cli. */
  readonly cdktf: (...args: readonly string[]) => Promise<Ended>;
  /** `terrace ...`, through bin/terrace.js. */
  readonly terrace: (...args: readonly string[]) => Promise<Ended>;
  /** Any other program. */
  readonly run: (program: string, ...args: readonly string[]) => Promise<Ended>;
  /** Another person's variables for the same checkout, on top of these or of others. */
  readonly as: (env: Readonly<Record<string, string>>, base?: NodeJS.ProcessEnv) => Checkout;
  /** Writes `environments/<name>.yaml` from the example of a tier. */
  readonly environment: (name: string, change: EnvironmentChange) => void;
  /** The state file of an environment, as it stands. */
  readonly state: (name: string) => string;
}

/** What differs from the example. */
export interface EnvironmentChange {
  readonly tier: 'tier1' | 'tier2' | 'tier3' | 'tier4' | 'tier5';
  readonly disposable: boolean;
}

/** A checkout with nothing in environments/ yet. Stop its stand-in when done. */
export async function checkout(): Promise<Checkout> {
  const folder = scratch('terrace-e2e-');
  const cdktfJson = JSON.parse(readFileSync(packageFile('cdktf.json'), 'utf8')) as Record<string, unknown>;
  writeFileSync(
    join(folder, 'cdktf.json'),
    JSON.stringify({ ...cdktfJson, app: `"${process.execPath}" "${packageFile('dist', 'main.js')}"` }),
  );
  mkdirSync(join(folder, 'home'));
  cpSync(packageFile('environments', 'examples'), join(folder, 'environments', 'examples'), { recursive: true });
  const standin = await startStandin({ state: join(folder, 'objects.json') });
  return at(folder, standin, surroundings(folder, standin));
}

/** Nothing of the machine's own Terraform configuration, plug-in cache or home takes part. */
function surroundings(folder: string, standin: Standin): NodeJS.ProcessEnv {
  const { TERRACE_ENVIRONMENT: _environment, CDKTF_OUTDIR: _outdir, NODE_OPTIONS: _options, ...rest } = process.env;
  return {
    ...rest,
    HOME: join(folder, 'home'),
    CI: '1',
    CHECKPOINT_DISABLE: '1',
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1',
    TF_CLI_CONFIG_FILE: '/dev/null',
    TF_REATTACH_PROVIDERS: standin.reattach,
    TF_VAR_secret_session_key: 'a-secret',
    NO_COLOR: '1',
    FORCE_COLOR: '0',
  };
}

function at(folder: string, standin: Standin, env: NodeJS.ProcessEnv): Checkout {
  const run =
    (program: string, before: readonly string[]) =>
    (...args: readonly string[]) =>
      ended(program, [...before, ...args], folder, env);
  return {
    folder,
    standin,
    env,
    cdktf: run(process.execPath, [packageFile('node_modules', 'cdktf-cli', 'bundle', 'bin', 'cdktf.js')]),
    terrace: run(process.execPath, [packageFile('bin', 'terrace.js')]),
    run: (program, ...args) => ended(program, args, folder, env),
    as: (more, base = env) => at(folder, standin, { ...base, ...more }),
    environment: (name, change) => writeEnvironment(folder, name, change),
    state: (name) => readFileSync(join(folder, '.terrace', 'state', `${name}.tfstate`), 'utf8'),
  };
}

function writeEnvironment(folder: string, name: string, { tier, disposable }: EnvironmentChange): void {
  const example = readFileSync(packageFile('environments', 'examples', `digitalocean-${tier}.yaml`), 'utf8');
  const named = example
    .replace(/^name: .*$/m, `name: ${name}`)
    .replace(/^domain: .*$/m, `domain: ${name}.deadlock-coach.example`)
    .replace(/^disposable: .*$/m, disposable ? `disposable: ${name}` : '');
  writeFileSync(join(folder, 'environments', `${name}.yaml`), named);
}

function ended(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, err] = [child.stdout, child.stderr].map((stream) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      return () => Buffer.concat(chunks).toString('utf8');
    }) as [() => string, () => string];
    child.on('error', failed);
    child.on('close', (code) => done({ code: code ?? 1, out: out(), err: err() }));
  });
}
