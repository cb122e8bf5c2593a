import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { resizedForGood } from '../../components/change';
import type { Environment } from '../../environments/schema';
import { replaceFile } from '../../promotion/replace-file';
import { fieldsFor, type Goal, wayProblems } from '../../promotion/next-phase';
import type { PromotionSettings } from '../../promotion/engine/settings';
import type { Progress } from '../../promotion/engine/work';
import { promotionRefused } from '../../promotion/plan';
import type { Place, Ports } from '../../promotion/run/drive';
import { notSettled } from '../../promotion/run/errors';
import { moversOf } from '../../promotion/run/moves';
import type { Held } from '../../promotion/run/released';
import { standsAt } from '../../promotion/source/source';
import { pairOf, stageOf, type Target } from '../../stacks/transition';
import { does } from '../../terraform';
import { deployPrepared } from '../deploy';
import type { Io } from '../io';
import { planStack } from '../plan-stack';
import { deployedWith, type OpenProject, type Project, type Stack } from '../project';
import { type Workplace, withTerraform } from '../terraform-command';
import type { Problem } from '../../values/errors';
import { nobodyToApprove } from './errors';
import { lineDifference, restated } from './file-text';
import { type Moving, movesTo, pausedFile, refuseByHand, refusedByHand, refuseMoves, settingsOf, settingsOfAll } from './moving';
import { isPausedAt, isPausedIn, pauseAt, type PausedAt } from './paused';

/** What a desk is told beside the environment. */
export interface DeskOptions {
  readonly json: boolean;
  readonly autoApprove: boolean;
  /** What was typed, by which somebody who cannot be asked does without. @default - nothing is asked */
  readonly typed?: string;
  /** The file that says how this machine reaches the databases. */
  readonly access?: string | undefined;
  /** How a promotion begins where none is under way. */
  readonly begin?: () => Promise<NonNullable<Environment['promotion']>>;
  readonly progress: (progress: Progress) => void;
}

/** A promotion as commands see it: one environment, its Terraform, its databases. */
export interface Desk extends Ports {
  readonly project: () => Promise<Project>;
  /** Settings of the move of the database, with the moves that use them; none where nothing moves, or where a side has left the state. */
  readonly settings: () => Promise<PromotionSettings | undefined>;
  /** Keeps runs from changing sides, or lets them again. */
  readonly pause: (paused: boolean) => Promise<void>;
  /** Whether that was asked where no database keeps it. */
  readonly isPausedHere: () => Promise<boolean>;
  /** Refuses a way before anything is made, with everything that moving its data lacks. @throws `PROMOTION_BLOCKED`, `PROMOTION_ACCESS` */
  readonly refuseMoves: (target: Target) => Promise<void>;
  /** What a person would have to move on a way, for whoever refuses that for something else. */
  readonly byHand: (target: Target) => Promise<readonly Problem[]>;
  /** Refuses to go on with data that a person moves. @throws `PROMOTION_BLOCKED`, `PROMOTION_ONE_WAY` */
  readonly refuseByHand: (way: 'forward' | 'back') => Promise<void>;
}

/** Opens an environment for the commands of `terrace promote`. */
export function deskOf(reference: string | undefined, options: DeskOptions, io: Io, open: OpenProject): Desk {
  const within = terraformOf(options.json && !io.terminal.errors ? inLines(io, options) : io);
  let [opened, held]: [Promise<Project> | undefined, Promise<readonly Held[]> | undefined] = [undefined, undefined];
  const project = (): Promise<Project> => (opened ??= open(reference, io));
  const state = (): Promise<readonly Held[]> => (held ??= project().then((found) => stateOf(found, within)));
  const promotionOf = async (): Promise<NonNullable<Environment['promotion']>> =>
    (await project()).environment.promotion ?? (await (options.begin ?? never)());
  const moving = async (): Promise<Moving> => ({ project: await project(), access: options.access, state, env: io.env });
  const settings = async (): Promise<PromotionSettings | undefined> => settingsOf(await moving());
  const pausedAt = async (): Promise<PausedAt> => ({ settings: await settings(), file: pausedFile(await moving()) });
  return {
    project,
    settings,
    read: async () => placeOf(await project()),
    stands: async () => {
      const { environment, folder, file } = await project();
      const source = environment.promotion?.source;
      return source === undefined ? undefined : standsAt(source, dirname(join(folder, file)), readFileSync(join(folder, file)));
    },
    isDeployed: async () => (await pending(await project(), within)).length === 0,
    deploy: async () => {
      held = undefined;
      await deployAll(await project(), options, within);
    },
    write: async (goal) => {
      const [current, promotion] = [await project(), await promotionOf()];
      if (deploysNext(current.environment, goal)) refuseUnasked(current.environment, options, io);
      tellWritten(current.file, goal, written(current, promotion, goal), options, io);
      [opened, held] = [undefined, undefined];
    },
    pause: async (paused) => pauseAt(await pausedAt(), paused),
    isPaused: async () => isPausedAt(await pausedAt()),
    isPausedHere: async () => isPausedIn(pausedFile(await moving())),
    movers: async () => {
      const at = await moving();
      const { database, others } = await settingsOfAll(at);
      return moversOf(movesTo(at), { settings: database, others, options: { progress: options.progress } });
    },
    refuseMoves: async (target) => {
      for (const what of await refuseMoves(await moving(), target))
        if (options.json) options.progress({ step: 'asked', what });
        else io.err(`${what}\n`);
    },
    byHand: async (target) => refusedByHand(await moving(), target),
    refuseByHand: async (way) => refuseByHand(await moving(), way),
    say: (step, what) => options.progress({ step, what }),
  };
}

/** What is said of Terraform, as lines of JSON beside the others; a person at a terminal sees how far it is. */
function inLines(io: Io, { progress }: DeskOptions): Io {
  const err = (text: string): void => {
    for (const what of text.split('\n').filter((line) => line.trim() !== '')) progress({ step: 'terraform', what });
  };
  return { ...io, err };
}

function never(): never {
  throw new Error('a promotion begins with a target');
}

function placeOf({ environment, stacks }: Project): Place {
  const { name, tier, platform, promotion } = environment;
  return {
    environment: name,
    tier,
    platform,
    promotion,
    resizes: promotion !== undefined && resizedForGood(pairOf(environment, promotion).changes).length > 0,
    layered: stacks.some(({ id, layers = [] }) => id === promotion?.to && layers.length > 0),
  };
}

/** Works in a stack that is initialised. */
type Within = <T>(command: 'diff' | 'deploy', project: Project, stack: Stack, work: (place: Workplace) => Promise<T>) => Promise<T>;

/** Terraform is initialised once for each stack, backend and list of providers. */
function terraformOf(io: Io): Within {
  const ready = new Set<string>();
  return (command, project, stack, work) =>
    withTerraform(command, io, project, stack, async (place) => {
      const key = `${stack.directory} ${JSON.stringify(stack.json['terraform'])}`;
      if (!ready.has(key)) await place.terraform.init();
      ready.add(key);
      return work(place);
    });
}

/** Addresses that a plan of what the file says would change. */
async function pending(project: Project, within: Within): Promise<readonly string[]> {
  const found: string[] = [];
  for (const stack of deployedWith(project, project.recorded.id))
    await within('diff', project, stack, async (place) => {
      const saved = await planStack(place);
      place.terraform.discard(saved);
      if (saved.plan.applyable)
        found.push(...saved.plan.changes.filter(does).map(({ address }) => address), ...saved.plan.outputs.map((name) => `output.${name}`));
    });
  return found;
}

/** Every layer, each behind the gate; afterwards nothing may be left to do. */
async function deployAll(project: Project, { json, autoApprove, typed }: DeskOptions, within: Within): Promise<void> {
  let applied = false;
  for (const stack of deployedWith(project, project.recorded.id)) {
    const document = await within('deploy', project, stack, (place) =>
      deployPrepared(place, {
        autoApprove,
        json,
        ...(typed === undefined ? {} : { nobody: () => nobodyToApprove(project.environment.name, typed) }),
      }),
    );
    applied ||= document.applied === true;
  }
  const left = applied ? await pending(project, within) : [];
  if (left.length > 0) throw notSettled(project.environment.name, project.environment.promotion?.phase ?? project.environment.tier, left);
}

async function stateOf(project: Project, within: Within): Promise<readonly Held[]> {
  return within('diff', project, project.recorded, async ({ terraform }) => (await terraform.state()).resources);
}

/** Whether what runs is another configuration than the one of this phase. */
function deploysNext({ promotion }: Environment, goal: Goal): boolean {
  return goal !== 'done' && (promotion === undefined || stageOf[promotion.phase] !== stageOf[goal]);
}

/** Before the file says what nobody will apply. @throws `CLI_NOT_CONFIRMED` */
function refuseUnasked({ name }: Environment, { autoApprove, typed }: DeskOptions, { terminal }: Io): void {
  if (!autoApprove && typed !== undefined && !(terminal.input && terminal.errors)) throw nobodyToApprove(name, typed);
}

/** The file as the phase wants it, whole or not at all. @returns what is different in it */
function written({ environment, folder, file }: Project, promotion: NonNullable<Environment['promotion']>, goal: Goal): readonly string[] {
  const problems = wayProblems(environment, goal);
  if (problems.length > 0) throw promotionRefused(environment.name, problems);
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  const next = restated(text, fieldsFor(environment, promotion, goal));
  replaceFile(path, next);
  return lineDifference(text, next);
}

/** What became of the file, for a person or as a line of JSON. */
function tellWritten(file: string, goal: Goal, difference: readonly string[], { json, progress }: DeskOptions, io: Io): void {
  const what = goal === 'done' ? 'at the end' : `for phase ${goal}`;
  if (json) progress({ step: 'file', what, file, phase: goal, difference });
  else io.err([`${file}, ${what}:`, ...difference.map((line) => `  ${line}`), ''].join('\n'));
}
