import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../../terraform/package-root';
import { installed } from './needs';
import { mirrorConfiguration, providerMirror } from './provider-mirror';

/** The provider that the bindings in package.json pin, and the emulator that the patches are written for. */
export const awsProvider = '5.100.0';
export const motoVersion = '5.2.1';

/** A request as the emulator logs it. */
export interface EmulatedRequest {
  readonly service: string;
  /** The API action, or method and path of a service that speaks REST. */
  readonly action: string;
  readonly status: number;
  /** Whether moto has no route for it at all. */
  readonly unknown: boolean;
}

/** moto with our patches, on a port of the loopback address. */
export interface Emulator {
  /** What the provider needs in its environment to talk to it and to nothing else. */
  readonly env: Readonly<Record<string, string>>;
  readonly requests: () => readonly EmulatedRequest[];
  /** Requests that the emulator could not answer, each once: a gap in moto and in our patches. */
  readonly gaps: () => readonly string[];
  readonly stop: () => void;
}

const serve = packageFile('test', 'emulators', 'aws', 'serve.py');

/** `test` where Terraform, the provider and moto are there; elsewhere a skipped test, which the closing line counts by name. */
export function needsAws(): typeof test {
  return unlessMissing([...missingForPlans(), ...(motoInstalled() ? [] : [`moto ${motoVersion}`])]);
}

/** `test` where Terraform and the provider are there, which is enough to plan over a state; elsewhere a skipped test. */
export function needsAwsProvider(): typeof test {
  return unlessMissing(missingForPlans());
}

function missingForPlans(): readonly string[] {
  return [
    ...(installed('terraform') ? [] : ['terraform']),
    ...(providerMirror('hashicorp/aws', awsProvider) === undefined ? [`a mirror with hashicorp/aws ${awsProvider}`] : []),
  ];
}

function unlessMissing(missing: readonly string[]): typeof test {
  if (missing.length === 0) return test;
  const skipped = (name: string): void => test['skip'](`${name} (skipped: ${missing.join(', ')} not found)`, () => undefined);
  return Object.assign(skipped, { concurrent: skipped }) as unknown as typeof test;
}

/** Whether the emulator can be started here. */
export function motoInstalled(): boolean {
  return (
    installed('python3') &&
    spawnSync('python3', ['-c', `import moto, flask; assert moto.__version__ == "${motoVersion}"`], { stdio: 'ignore' }).status === 0
  );
}

/**
 * Starts the emulator and waits until it answers. Its log and output lie in the folder.
 * @param without names of patches to leave out
 */
export async function startEmulator(folder: string, without: readonly string[] = []): Promise<Emulator> {
  const log = join(folder, 'requests.jsonl');
  const output = openSync(join(folder, 'emulator.log'), 'a');
  const child = spawn('python3', [serve, '--log', log, ...without.flatMap((name) => ['--without', name])], {
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true', MOTO_ACM_VALIDATION_WAIT: '1' },
    stdio: ['ignore', 'pipe', output],
  });
  const port = await firstLine(child, /^(\d+)$/, 'the emulator');
  const requests = () => readLog(log);
  return { env: environment(folder, Number(port)), requests, gaps: () => gapsIn(requests()), stop: () => void child.kill() };
}

/** Waits for the line of a process that says it is ready. @throws Error when the process ends or three minutes pass first */
export function firstLine(child: ChildProcess, wanted: RegExp, what: string): Promise<string> {
  return new Promise((done, failed) => {
    let text = '';
    const stop = (why: string): void => {
      clearTimeout(timer);
      child.kill();
      failed(new Error(`${what} ${why}: ${text.slice(-2000)}`));
    };
    const timer = setTimeout(() => stop('was not ready within three minutes'), 180_000);
    child.once('exit', (code) => stop(`ended with ${code}; its log lies beside the stack`));
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const found = text
        .split('\n')
        .map((line) => wanted.exec(line.trim())?.[1])
        .find((each) => each !== undefined);
      if (found === undefined) return;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      done(found);
    });
  });
}

function environment(folder: string, port: number): Record<string, string> {
  const address = `http://127.0.0.1:${port}`;
  const empty = join(folder, 'empty');
  const cli = join(folder, 'terraform.rc');
  writeFileSync(empty, '');
  writeFileSync(cli, mirrorConfiguration(providerMirror('hashicorp/aws', awsProvider) ?? ''));
  return {
    AWS_ENDPOINT_URL: address,
    // For hosts that carry an account id, which no resolver knows; Go never sends loopback addresses through a proxy.
    HTTP_PROXY: address,
    // moto refuses CONNECT: a call that was not redirected fails here instead of leaving the machine.
    HTTPS_PROXY: address,
    AWS_ENDPOINT_URL_S3_CONTROL: 'http://s3-control.us-east-1.amazonaws.com',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    // A missing action answers 500: fail, do not retry.
    AWS_MAX_ATTEMPTS: '2',
    AWS_CONFIG_FILE: empty,
    AWS_SHARED_CREDENTIALS_FILE: empty,
    TF_CLI_CONFIG_FILE: cli,
    TF_IN_AUTOMATION: '1',
    CHECKPOINT_DISABLE: '1',
    CI: '1',
  };
}

function readLog(log: string): EmulatedRequest[] {
  if (!existsSync(log)) return [];
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as EmulatedRequest);
}

function gapsIn(requests: readonly EmulatedRequest[]): string[] {
  const bad = requests.filter(({ status, unknown }) => unknown || status >= 500);
  return [...new Set(bad.map(({ service, action, status }) => `${service}: ${action} answered ${status}`))].sort();
}
