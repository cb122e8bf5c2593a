import { spawn } from 'node:child_process';
import { packageFile } from '../../terraform/package-root';

/** The engine as a process of its own, so that it can be killed. */
export interface EngineRun {
  /** How it ended; no code when it was killed. And the last thing it said. */
  readonly ended: Promise<{ readonly code: number | null; readonly last: string }>;
  readonly kill: () => void;
  /** Whether its process is gone. */
  readonly over: () => boolean;
}

/** Milliseconds after which a run is killed: it takes a few seconds. */
const LIMIT = 600_000;

export function runEngine(
  settings: string,
  goal: object,
  other?: { readonly program: string; readonly env: NodeJS.ProcessEnv },
  limit = LIMIT,
): EngineRun {
  const [program, env] = [other?.program ?? packageFile('dist', 'promotion', 'engine', 'main.js'), { ...process.env, ...other?.env }];
  const child = spawn(process.execPath, [program, settings, JSON.stringify(goal)], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = (): void => void child.kill('SIGKILL');
  const timer = setTimeout(kill, limit);
  let [last, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (last = chunk.toString().trim().split('\n').at(-1) ?? last));
  child.stderr.on('data', (chunk: Buffer) => (err = (err + chunk.toString()).slice(-2000)));
  const ended = new Promise<{ code: number | null; last: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, last: err === '' ? last : `${last} ${err}` });
    });
  });
  return { ended, kill, over: () => child.exitCode !== null || child.signalCode !== null };
}
