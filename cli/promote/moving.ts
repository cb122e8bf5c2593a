import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { graphFromSynthesis, type JsonObject, type ResourceGraph } from '../../analysis/graph';
import { oneWay, settingsWrong } from '../../promotion/engine/errors';
import type { PromotionSettings } from '../../promotion/engine/settings';
import { ownPassword } from '../../promotion/engine/settings-file';
import type { MoveSettings } from '../../promotion/movers/mover-of';
import { readMove } from '../../promotion/movers/settings-file';
import { decidedBy, factsFor } from '../../promotion/plan';
import { bytesPerGb } from '../../promotion/plan/constants';
import { diskGb } from '../../promotion/plan/fit';
import type { DataMove } from '../../promotion/plan/moves';
import { type Access, readAccess } from '../../promotion/run/access';
import { deriveMove, type DerivedMove, type Grounds, isDerived, missingBefore, oldSidesOf } from '../../promotion/run/derived';
import { accessMissing, moveNotDriven, movesRefused, targetsWrong, within } from '../../promotion/run/errors';
import { isOfState, movesOf, undriven } from '../../promotion/run/moves';
import { type Answer, askDatabase, oldSideBlockers } from '../../promotion/run/old-side';
import { type Held, releaseAddresses, releasedIn, unreleased } from '../../promotion/run/released';
import { shardsIn } from '../../promotion/run/shards';
import { derive, type Derived, deriveSource } from '../../promotion/run/settings';
import { miscounted, unsplit } from '../../promotion/run/targets';
import { pairOf, type Sides, sidesOf, type Target } from '../../stacks/transition';
import type { PromotionPhase } from '../../tiers/phase';
import type { Problem } from '../../values/errors';
import { environmentLoad } from '../environment-load';
import type { Io } from '../io';
import type { Project } from '../project';
import { ownAccessFile, promotionFolder } from './access-file';

/** What the settings of all moves of an environment are made of. */
export interface Moving {
  readonly project: Pick<Project, 'environment' | 'folder'>;
  /** The file that says how this machine reaches the data. @default - the one of this machine */
  readonly access?: string | undefined;
  readonly state: () => Promise<readonly Held[]>;
  readonly env: Io['env'];
}

function accessFile({ project: { folder, environment }, access }: Moving): string {
  return access ?? ownAccessFile(folder, environment.name);
}

/**
 * What a person gives; what the promotion was begun with, or another way to a target, decides before that how data are moved.
 * @throws `PROMOTION_SETTINGS` also where a file that was named is not there: what the state says would take its place, without a word
 */
function accessOf(moving: Moving, goal: Target | undefined = moving.project.environment.promotion): Access {
  const file = accessFile(moving);
  if (moving.access !== undefined && !existsSync(file))
    throw settingsWrong(file, [{ code: 'PROMOTION_SETTING', where: '--access', message: 'There is no such file.' }]);
  const { facts, ...access } = readAccess(file);
  return { ...access, facts: { ...facts, ...decidedBy(goal ?? {}) } };
}

/** Components whose data move, on the way that is under way or to another target. */
export function movesTo(moving: Moving, target?: Target): readonly DataMove[] {
  const { environment } = moving.project;
  const goal = target ?? environment.promotion;
  if (goal === undefined) return [];
  return movesOf(pairOf(environment, goal).changes, factsFor(accessOf(moving, goal).facts ?? {}, environmentLoad(environment)));
}

/** Moves whose settings follow from the state, because nobody has given a file. */
function derivedIn(moving: Moving, moves: readonly DataMove[]): readonly DataMove[] {
  const given = accessOf(moving).moves ?? {};
  return moves.filter((move) => isDerived(move) && given[move.change.id] === undefined);
}

/**
 * Refuses a way before anything is made: what moving its data lacks, and what the old side itself says against it.
 * @returns what could not be asked yet, one sentence each
 * @throws `PROMOTION_BLOCKED`, `PROMOTION_ACCESS`, `PROMOTION_TARGETS`
 */
export async function refuseMoves(moving: Moving, target: Target): Promise<readonly string[]> {
  const moves = movesTo(moving, target);
  const byHand = movedByHand(moving, moves);
  const counts = miscountedIn(moving, moves);
  const derived = derivedIn(moving, moves);
  const own = moves.filter((move) => isOfState(move) && accessOf(moving).moves?.[move.change.id] === undefined);
  const { missing, blockers, open } =
    derived.length + own.length === 0 ? { missing: [], blockers: [], open: [] } : await saidByOld(moving, target, derived, own);
  const all = { byHand, counts, missing, blockers };
  if (Object.values(all).flat().length > 0) throw movesRefused(moving.project.environment.name, accessFile(moving), all);
  return open;
}

/** What the state does not say of these moves, what the old side says against them, and what could not be asked. */
async function saidByOld(moving: Moving, target: Target, derived: readonly DataMove[], own: readonly DataMove[]) {
  const grounds = { id: '', sides: sidesTo(moving, target), state: await moving.state(), env: moving.env };
  const asked = await Promise.all(own.map((move) => asksDatabase(moving, target, grounds, move)));
  return {
    missing: [...own.flatMap((move) => unsplit(move, accessOf(moving, target))), ...missingBefore(derived, grounds)],
    blockers: [
      ...asked.flatMap((each) => ('blockers' in each ? each.blockers : [])),
      ...(await Promise.all(oldSidesOf(derived, grounds).map(oldSideBlockers))).flat(),
    ],
    open: asked.flatMap((each, index) => ('unasked' in each ? [unasked(own[index]?.change.id ?? '', each.unasked)] : [])),
  };
}

function movedByHand(moving: Moving, moves: readonly DataMove[]): readonly Problem[] {
  return undriven(moves, Object.keys(accessOf(moving).moves ?? {}));
}

/** What is in the way of moving the data to a target, as far as files say it without the state: what a person would have to move, and servers too few. */
export function refusedByHand(moving: Moving, target: Target): readonly Problem[] {
  const moves = movesTo(moving, target);
  return [...within(accessFile(moving), movedByHand(moving, moves)), ...miscountedIn(moving, moves)];
}

/**
 * Refuses servers that are not as many as the shards of a move: fewer would take all of it, and seem to be the new side.
 * @throws `PROMOTION_TARGETS`
 */
function refuseMiscounted(moving: Moving, moves: readonly DataMove[]): void {
  const problems = miscountedIn(moving, moves);
  if (problems.length > 0) throw targetsWrong(moving.project.environment.name, problems);
}

function miscountedIn(moving: Moving, moves: readonly DataMove[]): readonly Problem[] {
  const { targets, moves: files = {} } = accessOf(moving);
  const own = accessFile(moving);
  return moves.flatMap((move) => {
    const file = files[move.change.id];
    const given = file === undefined ? undefined : readMove(file, moving.env);
    if (given?.kind === 'postgres' || given?.kind === 'dump') return miscounted(move, { count: given.targets.length, file: file ?? own });
    return isOfState(move) && given === undefined && targets !== undefined ? miscounted(move, { count: targets.length, file: own }) : [];
  });
}

/** Phases in which the one way or the other would leave data behind that only a person moves. */
const leavesBehind: Readonly<Record<'forward' | 'back', readonly PromotionPhase[]>> = {
  forward: ['expand', 'migrate', 'verify'],
  back: ['cutover', 'soak'],
};

/**
 * Refuses to go on with what a person moves: forward it would lead the app to what is empty, back to what has stood still since the dump.
 * @throws `PROMOTION_BLOCKED`, `PROMOTION_ONE_WAY`
 */
export function refuseByHand(moving: Moving, way: 'forward' | 'back'): void {
  const { name, tier, promotion } = moving.project.environment;
  if (promotion === undefined || !leavesBehind[way].includes(promotion.phase)) return;
  const problems = movedByHand(moving, movesTo(moving));
  if (problems.length === 0) return;
  if (way === 'forward') throw moveNotDriven(accessFile(moving), problems);
  throw oneWay(
    `what was written since the dump is only on the new side, and nothing carries it back (${problems.map(({ where }) => where).join(', ')}).`,
    `Carry it back yourself while nothing writes; then: terrace promote phase migrate ${name} --write, and terrace deploy ${tier} -e ${name}`,
  );
}

function unasked(id: string, why: string): string {
  return `${id}: it is asked whether it can be moved before its data are copied, and could not be asked now. ${why}`;
}

async function asksDatabase(
  moving: Moving,
  target: Target,
  { sides, state }: Grounds & { readonly sides: Sides },
  move: DataMove,
): Promise<Answer> {
  const { environment, folder } = moving.project;
  const id = promotionId(environment, target);
  const settings = deriveSource({
    id,
    old: releasedIn(state, releaseAddresses(sides.old, sides.new)) ?? unreleased,
    access: accessOf(moving, target),
    passwords: { source: moving.env['TERRACE_SOURCE_PASSWORD'] },
    journal: journalFile(folder, id),
    room: roomFor(move, sides, state),
    disk: diskUnder(move, sides, state),
  });
  return settings === undefined
    ? { unasked: 'Its server makes the role that moves it with the promotion, and lets nobody in before.' }
    : await askDatabase(settings, move);
}

/** Bytes that the new side has for what moves there: by its configuration, or where the provider decides by the state once it is made. */
function roomFor(move: DataMove, { new: next }: Pick<Sides, 'new'>, state: readonly Held[]): number | undefined {
  return bytesOf(diskGb(asHeld(next, state), move.change.id, move.shards));
}

/** Bytes of the disk under what is moved away, as it is now. */
function diskUnder(move: DataMove, { old }: Pick<Sides, 'old'>, state: readonly Held[]): number | undefined {
  return bytesOf(diskGb(asHeld(old, state), move.change.id, 1, true));
}

/** What a side is made of, with what the state says of it in the place of what was wished. */
function asHeld(side: Sides['old'], state: readonly Held[]): Pick<ResourceGraph, 'resources'> {
  const made = new Map(state.map(({ address, values }) => [address, values as JsonObject]));
  return {
    resources: graphFromSynthesis(side).resources.map((node) => ({ ...node, values: { ...node.values, ...made.get(node.address) } })),
  };
}

function bytesOf(gb: number | undefined): number | undefined {
  return gb === undefined ? undefined : Math.round(gb * bytesPerGb);
}

function promotionId({ name, tier }: Project['environment'], { to }: Target): string {
  return `${name}-${tier}-${to}`;
}

function journalFile(folder: string, id: string): string {
  return join(promotionFolder(folder), `${id}.jsonl`);
}

/** Where a pause is kept that no database keeps. */
export function pausedFile({ project: { folder, environment } }: Moving): string {
  return join(promotionFolder(folder), `${environment.name}.paused`);
}

/** Both sides of a promotion that is under way, by the environment as it was read: it is asked many times between two phases. */
const known = new WeakMap<object, Sides>();

function sidesUnderWay(moving: Moving, promotion: Target): Sides {
  const { environment } = moving.project;
  const found = known.get(environment) ?? sidesTo(moving, promotion);
  known.set(environment, found);
  return found;
}

function sidesTo({ project: { environment, folder } }: Moving, target: Target): Sides {
  return sidesOf(environment, pairOf(environment, target), join(folder, 'cdktf.out'));
}

/** The settings of every move; of the database none where it does not move, or where a side has left the state. */
export interface Settings {
  readonly database: PromotionSettings | undefined;
  readonly others: Readonly<Record<string, MoveSettings>>;
}

/** @throws `PROMOTION_ACCESS` with all that is missing of all moves, `PROMOTION_TARGETS` */
export async function settingsOfAll(moving: Moving): Promise<Settings> {
  const database = await databaseOf(moving);
  const derived = await othersOf(moving);
  refuseMissing(moving, [...missingOf(database), ...derived.flatMap(([, each]) => missingOf(each))]);
  const given = Object.entries(accessOf(moving).moves ?? {}).map(([id, file]) => [id, readMove(file, moving.env)] as const);
  const found = derived.flatMap(([id, each]) => ('settings' in each ? [[id, each.settings] as const] : []));
  return { database: settled(database), others: Object.fromEntries([...found, ...given]) };
}

/** Of the database alone. @throws `PROMOTION_ACCESS` with all that is missing of it, `PROMOTION_TARGETS` */
export async function settingsOf(moving: Moving): Promise<PromotionSettings | undefined> {
  const database = await databaseOf(moving);
  refuseMissing(moving, missingOf(database));
  return settled(database);
}

function missingOf(found: Derived | DerivedMove | undefined): readonly Problem[] {
  return found !== undefined && 'missing' in found ? found.missing : [];
}

function settled(found: Derived | undefined): PromotionSettings | undefined {
  return found !== undefined && 'settings' in found ? found.settings : undefined;
}

function refuseMissing(moving: Moving, missing: readonly Problem[]): void {
  if (missing.length > 0) throw accessMissing(moving.project.environment.name, accessFile(moving), missing);
}

/** Moves of caches and buckets. Once a side has left the state, nothing is left to move either. */
async function othersOf(moving: Moving): Promise<readonly (readonly [string, DerivedMove])[]> {
  const { promotion } = moving.project.environment;
  const moves = promotion === undefined ? [] : derivedIn(moving, movesTo(moving));
  if (promotion === undefined || moves.length === 0) return [];
  const grounds = {
    id: promotionId(moving.project.environment, promotion),
    sides: sidesUnderWay(moving, promotion),
    state: await moving.state(),
    env: moving.env,
  };
  const found = moves.map((move) => [move.change.id, deriveMove(move, grounds)] as const);
  return isEnding(promotion) ? found.filter(([, each]) => 'settings' in each) : found;
}

function isEnding({ phase }: NonNullable<Project['environment']['promotion']>): boolean {
  return phase === 'contract' || phase === 'rollback';
}

async function databaseOf(moving: Moving): Promise<Derived | undefined> {
  const { environment, folder } = moving.project;
  const { promotion } = environment;
  const move = movesTo(moving).find(isOfState);
  if (promotion === undefined || move === undefined) return undefined;
  refuseMiscounted(moving, movesTo(moving));
  const sides = sidesUnderWay(moving, promotion);
  const state = await moving.state();
  const [old, next] = [
    releasedIn(state, releaseAddresses(sides.old, sides.new)),
    releasedIn(state, releaseAddresses(sides.new, sides.old)),
  ];
  const shards = shardsIn(state, sides, move);
  const stands = next !== undefined || shards?.some(({ host }) => host !== undefined) === true;
  // Once a side has left the state, nothing is left to move either.
  if ((old === undefined || !stands) && isEnding(promotion)) return undefined;
  const id = promotionId(environment, promotion);
  const [{ env }, access] = [moving, accessOf(moving)];
  const unknown = access.moves?.[move.change.id] === undefined ? unsplit(move, access) : [];
  const derived: Derived =
    unknown.length > 0
      ? { missing: unknown }
      : derive({
          id,
          old: old ?? unreleased,
          new: next ?? unreleased,
          shards,
          access,
          passwords: {
            source: env['TERRACE_SOURCE_PASSWORD'],
            target: env['TERRACE_TARGET_PASSWORD'],
            targets: Array.from({ length: move.shards }, (_, index) => ownPassword(index, env)),
            pooler: env['TERRACE_POOLER_PASSWORD'],
          },
          journal: journalFile(folder, id),
          room: roomFor(move, sides, state),
          disk: diskUnder(move, sides, state),
        });
  return 'missing' in derived && nothingYet(promotion, sides) ? undefined : derived;
}

/**
 * Before expand is applied there is nothing to move to. What was opened for moving is closed again by the last apply, before which everything was cleaned
 * up; that apply may have been cut off.
 */
function nothingYet(promotion: NonNullable<Project['environment']['promotion']>, { moving }: Sides): boolean {
  return promotion.phase === 'expand' || (isEnding(promotion) && moving !== undefined);
}
