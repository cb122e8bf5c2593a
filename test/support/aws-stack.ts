import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmulator, type Emulator } from './aws-emulator';
import { startProviders } from './aws-provider';
import { typesIn } from './spoken';

/** How a run of Terraform ended. */
export interface Run {
  readonly code: number;
  /** What went wrong: the errors and what was still in progress, or the changes that a plan found. Empty when all went well. */
  readonly said: string;
  readonly seconds: number;
}

/** A stack directory, a cloud of its own, and Terraform between them. */
export interface AwsStack {
  readonly directory: string;
  readonly emulator: Emulator;
  /** Terraform with these arguments; killed after so many seconds. */
  readonly terraform: (args: readonly string[], seconds?: number) => Promise<Run>;
  readonly init: () => Promise<Run>;
  readonly apply: () => Promise<Run>;
  /** Exit code 0: nothing to do; 2: changes. The state is read from the emulator first. */
  readonly replan: () => Promise<Run>;
  readonly destroy: () => Promise<Run>;
  readonly stop: () => Promise<void>;
}

export interface AwsStackOptions {
  /** Folder for logs and settings. */
  readonly folder: string;
  /** The folder with `cdk.tf.json` or `main.tf.json`. */
  readonly directory: string;
  /** Variables of the person who deploys. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Patches to leave out. */
  readonly without?: readonly string[];
}

/** The longest wait of one command, in seconds: a database with replicas takes 240 on an idle machine. */
const longest = 900;

/** Opens a stack: its emulator, and the provider processes for all its commands. */
export async function openStack(options: AwsStackOptions): Promise<AwsStack> {
  const { folder, directory, variables = {}, without } = options;
  mkdirSync(folder, { recursive: true });
  const emulator = await startEmulator(folder, without);
  const base = { ...withoutOwnSettings(), ...emulator.env, ...variables };
  const provider = await startProviders({ folder, directory, env: base });
  const env = { ...base, TF_REATTACH_PROVIDERS: provider.reattach };
  const terraform = (args: readonly string[], seconds = longest) => {
    provider.speakOf(typesOf(directory));
    return run(directory, args, env, seconds);
  };
  return {
    directory,
    emulator,
    terraform,
    init: () => terraform(['init', '-input=false', '-no-color'], 120),
    apply: () => terraform(['apply', '-auto-approve', '-input=false', '-json', '-parallelism=30']),
    replan: () => terraform(['plan', '-input=false', '-no-color', '-detailed-exitcode', '-parallelism=30']),
    destroy: () => terraform(['destroy', '-auto-approve', '-input=false', '-json', '-parallelism=30']),
    stop: async () => {
      await provider.stop();
      emulator.stop();
    },
  };
}

/** The person's own profile, proxy and plug-ins take no part. */
export function withoutOwnSettings(): NodeJS.ProcessEnv {
  const own = /^(AWS_|TF_|HTTPS?_PROXY$|https?_proxy$|NO_PROXY$|no_proxy$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

/** The types that the configuration in a folder speaks of. */
function typesOf(directory: string): readonly string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.tf.json'))
    .flatMap((name) => typesIn(JSON.parse(readFileSync(join(directory, name), 'utf8')) as Record<string, unknown>));
}

function run(directory: string, args: readonly string[], env: NodeJS.ProcessEnv, seconds: number): Promise<Run> {
  const begun = Date.now();
  return new Promise((done, failed) => {
    const child = spawn('terraform', [...args], { cwd: directory, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
    child.on('error', failed);
    child.on('close', (code) => {
      clearTimeout(timer);
      const text = Buffer.concat(chunks).toString('utf8');
      writeFileSync(join(directory, `${args[0] ?? 'terraform'}.log`), text);
      done({ code: code ?? 137, said: code === 0 ? '' : trouble(text), seconds: Math.round((Date.now() - begun) / 1000) });
    });
  });
}

/** Of a log in JSON the errors and what was still waiting; of a plan the changes. */
function trouble(text: string): string {
  const events = text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Event);
  if (events.length === 0) return changes(text);
  const errors = events.flatMap(({ diagnostic }) =>
    diagnostic?.severity === 'error' ? [`${diagnostic.address ?? ''} ${diagnostic.summary}\n${diagnostic.detail}`] : [],
  );
  const over = new Set(events.filter(({ type }) => type === 'apply_complete' || type === 'apply_errored').map(addressOf));
  const begun = [...new Set(events.filter(({ type }) => type === 'apply_start').map(addressOf))].filter((each) => !over.has(each));
  return [...errors, ...begun.map((each) => `still in progress: ${each}`)].join('\n');
}

/** Of a plan in words: its sum, and what would change without what only follows from it. */
function changes(text: string): string {
  const lines = text.split('\n').filter((line) => !/known after apply|Refreshing state|unchanged|^\s*$/.test(line));
  const [sum = ''] = lines.filter((line) => line.startsWith('Plan:'));
  return [sum, ...lines.slice(0, 200)].join('\n');
}

interface Event {
  readonly type: string;
  readonly hook?: { readonly resource?: { readonly addr?: string } };
  readonly diagnostic?: { readonly severity: string; readonly summary: string; readonly detail: string; readonly address?: string };
}

function addressOf({ hook }: Event): string {
  return hook?.resource?.addr ?? '';
}
