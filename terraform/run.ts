import { ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { TerraformBinary, Variables } from './binary';
import { packageFile } from './package-root';

/** One run of Terraform. */
export interface TerraformRun {
  readonly binary: TerraformBinary;
  /** The stack directory; it is the working directory, as local state paths are relative to it. */
  readonly directory: string;
  readonly args: readonly string[];
  readonly env: Variables;
  /** Whether it holds the state: then it survives us in order (see keeper.cjs). */
  readonly keep: boolean;
  /** Called for each line of standard output as it comes. */
  readonly onLine?: (line: string) => void;
  /** Called for each interrupt that reaches us while Terraform runs: 1 is passed on, later ones are not. */
  readonly onInterrupt?: (count: number) => void;
}

/** How a run ended. */
export interface TerraformExit {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly interrupted: boolean;
  /** Set when something outside ended Terraform. */
  readonly signal?: NodeJS.Signals;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

const INTERRUPTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs Terraform and waits for it, whatever happens: an interrupt is passed on once and Terraform then finishes in order.
 * No shell. The environment is passed through, with TF_IN_AUTOMATION and, unless it is set, CHECKPOINT_DISABLE.
 */
export async function runTerraform(run: TerraformRun): Promise<TerraformExit> {
  const child = start(run);
  let interrupts = 0;
  const pass = (): void => {
    interrupts += 1;
    if (interrupts === 1) child.kill('SIGINT');
    run.onInterrupt?.(interrupts);
  };
  for (const signal of INTERRUPTS) process.on(signal, pass);
  try {
    return { ...(await ended(child, run.onLine)), interrupted: interrupts > 0 };
  } finally {
    for (const signal of INTERRUPTS) process.removeListener(signal, pass);
  }
}

/** What Terraform gets as environment. */
function terraformEnvironment(env: Variables): NodeJS.ProcessEnv {
  return { ...env, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: env['CHECKPOINT_DISABLE'] ?? '1' };
}

function start(run: TerraformRun): Child {
  const command = run.keep ? [process.execPath, packageFile('terraform', 'keeper.cjs'), run.binary.path] : [run.binary.path];
  // A session of its own: Ctrl-C in the terminal must not reach Terraform beside the one interrupt that we pass on.
  return spawn(command[0] ?? run.binary.path, [...command.slice(1), ...run.args], {
    cwd: run.directory,
    env: terraformEnvironment(run.env),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
}

async function ended(child: Child, onLine: ((line: string) => void) | undefined): Promise<Omit<TerraformExit, 'interrupted'>> {
  child.stdin.on('error', () => undefined);
  const stdout = collect(child.stdout, onLine);
  const stderr = collect(child.stderr, undefined);
  const { code, signal } = await closed(child);
  const end = code === null ? { code: 1, ...(signal === null ? {} : { signal }) } : fromKeeper(code);
  return { ...end, stdout: stdout(), stderr: stderr() };
}

function closed(child: Child): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code, signal) => done({ code, signal }));
  });
}

/** The keeper reports a signal as a shell does: 128 and its number. Terraform itself exits with 0, 1 or 2. */
function fromKeeper(code: number): { code: number; signal?: NodeJS.Signals } {
  const ends: Readonly<Record<number, NodeJS.Signals>> = { 134: 'SIGABRT', 137: 'SIGKILL', 141: 'SIGPIPE', 143: 'SIGTERM' };
  const signal = ends[code];
  return signal === undefined ? { code } : { code, signal };
}

function collect(stream: Readable, onLine: ((line: string) => void) | undefined): () => string {
  const decoder = new StringDecoder('utf8');
  const chunks: string[] = [];
  let open = '';
  stream.on('data', (chunk: Buffer) => {
    const piece = decoder.write(chunk);
    chunks.push(piece);
    if (onLine === undefined) return;
    const lines = (open + piece).split('\n');
    open = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => {
    if (onLine !== undefined && open !== '') onLine(open);
  });
  return () => chunks.join('');
}
