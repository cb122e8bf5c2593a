import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { processFailed } from './errors';
import type { Sample } from './measure';

/** What a program and the Node processes that it started took. */
export interface ProcessSample extends Sample {
  /** Peak memory of the largest of them, in MB. */
  readonly memory: number;
}

/** A Node program to run: the arguments of `node`, and the folder to run it in. */
export interface Program {
  readonly arguments: readonly string[];
  readonly cwd: string;
  /** File to which standard output goes. @default - it is kept, for a message where the program fails */
  readonly output?: number;
  /** What it may end with. @default - 0 alone */
  readonly ends?: readonly number[];
}

/** Runs a Node program to its end in a home of its own. @throws `BENCH_PROCESS_FAILED` when it fails */
export function runProcess(program: Program, room: string): ProcessSample {
  const usage = join(room, 'usage');
  const home = join(room, 'home');
  mkdirSync(home, { recursive: true });
  rmSync(usage, { force: true });
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, program.arguments, {
    cwd: program.cwd,
    env: surroundings(home, usage),
    encoding: 'utf8',
    stdio: ['ignore', program.output ?? 'pipe', 'pipe'],
  });
  const wall = performance.now() - began;
  if (!(program.ends ?? [0]).includes(status ?? -1)) throw processFailed(program.arguments, status, `${stdout ?? ''}${stderr}`);
  return { wall, ...total(readFileSync(usage, 'utf8')) };
}

/** The same for all: no colours, no telemetry, nothing of the person's own settings. */
function surroundings(home: string, usage: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: home,
    CI: '1',
    CHECKPOINT_DISABLE: '1',
    NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, 'usage.js'))}`,
    TERRACE_BENCH_USAGE: usage,
  };
}

function total(lines: string): Pick<ProcessSample, 'cpu' | 'memory'> {
  const processes = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { cpu: number; memory: number });
  return { cpu: processes.reduce((sum, { cpu }) => sum + cpu, 0), memory: Math.max(...processes.map(({ memory }) => memory)) };
}
