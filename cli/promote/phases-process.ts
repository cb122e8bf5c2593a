import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Goal } from '../../promotion/next-phase';
import { notSettled } from '../../promotion/run/errors';
import { type Stage, stageOf } from '../../stacks/transition';
import { packageFile } from '../../terraform/package-root';
import { sandboxEnvironment } from '../../terraform/standin';
import type { TierId } from '../../tiers/tier';
import { TerraceError } from '../../values/errors';
import type { Io } from '../io';
import { openSandbox, readEnvironment } from '../project';
import { madeUpSecrets } from '../sandbox';
import { deskOf } from './desk';
import type { Failure } from './errors';
import { restated } from './file-text';
import { checkedTarget, firstEntry } from './target';

/** What this process is asked for: the tier to begin at, then one goal after the other. */
export type Asked = { readonly from: TierId; readonly to: TierId } | { readonly goal: Goal };

/** What it answers: what was done, nothing where there was nothing to do, or what went wrong. */
export type Answered = { readonly said?: string } | { readonly failed: Failure };

/** Enters a goal, and says what was done; nothing where the phase shares its configuration with the one before. */
type Enter = (goal: Goal) => Promise<string | undefined>;

const silent = (): void => undefined;

const quiet: Omit<Io, 'cwd' | 'env'> = {
  out: silent,
  err: silent,
  terminal: { input: false, output: false, errors: false },
  columns: () => 80,
  ask: () => Promise.resolve(''),
};

/**
 * Deploys the old tier on the stand-in, as an environment that keeps its data, so that its promotion can be rehearsed: by the same desk, gate
 * and Terraform as of `terrace promote run`.
 */
async function begin(folder: string, from: TierId, to: TierId): Promise<Enter> {
  const name = writeProject(folder, from, to);
  const standin = await sandboxEnvironment(folder, '');
  const io: Io = { ...quiet, cwd: folder, env: { ...process.env, ...standin.environment } };
  const { stacks } = await openSandbox(name, io);
  const layers = stacks.flatMap((stack) => [stack, ...(stack.layers ?? [])]);
  const secrets: Readonly<Record<string, string>> = Object.assign({}, ...layers.map(madeUpSecrets));
  const first = async () => firstEntry(await checkedTarget((await readEnvironment(name, folder, io)).environment, { to }));
  const options = { json: true, autoApprove: true, begin: first, progress: silent };
  const desk = deskOf(name, options, { ...io, env: { ...secrets, ...io.env } }, openSandbox);
  await desk.deploy();
  let stage: Stage | undefined;
  return async (goal) => {
    await desk.write(goal);
    if (goal === 'done') {
      if (!(await desk.isDeployed())) throw notSettled(name, to, []);
      return `${to} stands alone, and a plain plan is empty`;
    }
    if (stageOf[goal] === stage) return undefined;
    stage = stageOf[goal];
    await desk.deploy();
    return `${goal} is applied`;
  };
}

/** A project with one environment: the example of the higher tier, placed at the tier that it leaves. */
function writeProject(folder: string, from: TierId, to: TierId): string {
  const name = `digitalocean-${from > to ? from : to}`;
  const example = readFileSync(packageFile('environments', 'examples', `${name}.yaml`), 'utf8');
  const state = '{ backend: spaces, bucket: rehearsal-state, region: fra1 }';
  const text = restated(example, { tier: from, state, disposable: undefined });
  mkdirSync(join(folder, 'environments'));
  writeFileSync(join(folder, 'cdktf.json'), '{}');
  writeFileSync(join(folder, 'environments', `${name}.yaml`), text);
  return name;
}

function failed(error: unknown): Answered {
  const { message } = error instanceof Error ? error : new Error(String(error));
  return error instanceof TerraceError
    ? { failed: { code: error.code, message, problems: error.problems, exitCode: error.exitCode } }
    : { failed: { code: 'INTERNAL', message, problems: [], exitCode: 1 } };
}

function serve(): void {
  const folder = mkdtempSync(join(tmpdir(), 'terrace-rehearsed-'));
  // Whoever asks has ended, or was interrupted.
  process.once('disconnect', () => process.exit(0));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  let enter: Enter | undefined;
  const answer = async (asked: Asked): Promise<Answered> => {
    if ('from' in asked) {
      enter = await begin(folder, asked.from, asked.to);
      return { said: `${asked.from} is deployed on the stand-in` };
    }
    const said = await enter?.(asked.goal);
    return said === undefined ? {} : { said };
  };
  const reply = async (asked: Asked): Promise<void> => void process.send?.(await answer(asked).catch(failed));
  process.on('message', (asked: Asked) => void reply(asked));
}

if (process.send !== undefined) serve();
