import { join } from 'node:path';
import type { Environment } from '../../environments/schema';
import { stoppedByGate } from '../../promotion/errors';
import { gate } from '../../promotion/gate';
import { retentionDays, type Retired, retiredIn } from '../../promotion/retired';
import { pairOf, sidesOf, stageOf, transition } from '../../stacks/transition';
import type { SavedPlan } from '../../terraform';
import { list, record } from '../../terraform/json';
import type { Stack } from '../project';
import type { Workplace } from '../terraform-command';
import { readRetired, retiredFile, writeRetired } from './retired-file';

/** What is to be done before the plan is applied. */
export type Beforehand = () => void;

/**
 * Asks the gate before a plan of an environment that is being promoted is applied.
 * @returns what keeps the list of what is let go of. That comes before the apply: nobody could tell afterwards, once the state has forgotten, and who
 * dies in between would leave what is paid for and on no list. `purge` deletes nothing while a promotion is under way.
 * @throws `PROMOTION_STOPPED` with everything that the phase does not name
 */
export async function guarded(
  { io, project, stack }: Pick<Workplace, 'io' | 'project' | 'stack'>,
  saved: Pick<SavedPlan, 'text'>,
): Promise<Beforehand> {
  const { environment, folder } = project;
  const { promotion } = environment;
  if (promotion === undefined) return () => undefined;
  if (stack.id !== stack.tier.id) return layerGuarded(environment, stack, JSON.parse(saved.text));
  const sides = sidesOf(environment, pairOf(environment, promotion), join(folder, 'cdktf.out'));
  const { leaving } = transition(sides, stageOf[promotion.phase]);
  const plan: unknown = JSON.parse(saved.text);
  const { refused, notes } = gate({ plan }, promotion.phase, leaving);
  if (refused.length > 0) throw stoppedByGate(environment.name, promotion.phase, refused);
  for (const note of notes) io.err(`note: ${note}\n`);
  const retired = retiredIn(plan, {
    forgotten: leaving.forgotten,
    day: new Date().toISOString().slice(0, 10),
    ...(promotion.phase === 'rollback'
      ? { from: sides.new, days: retentionDays.rollback }
      : { from: sides.old, days: retentionDays.contract }),
  });
  return () => {
    if (retired.length > 0) keep(retiredFile(project), retired);
  };
}

/**
 * What runs in clusters may come and change in any phase, and all of it goes before its clusters do. It holds no data that a product
 * needs; what protects it counts for as long as requests go there.
 */
function layerGuarded({ name, promotion }: Environment, { role }: Pick<Stack, 'role'>, plan: unknown): Beforehand {
  const phase = promotion?.phase ?? 'migrate';
  const own = addressesIn(plan);
  const leaves = role === 'leaves';
  const { refused } = gate({ plan }, leaves ? phase : 'migrate', {
    forgotten: [],
    deleted: leaves ? own : [],
    dataless: role === undefined || role === 'serves' ? [] : own,
  });
  if (refused.length > 0) throw stoppedByGate(name, phase, refused);
  return () => undefined;
}

/** Every resource that a plan names. */
function addressesIn(plan: unknown): readonly string[] {
  return list(record(plan)['resource_changes']).flatMap((change) => {
    const { address } = record(change);
    return typeof address === 'string' ? [address] : [];
  });
}

function keep(file: string, retired: readonly Retired[]): void {
  const others = readRetired(file).filter((old) => !retired.some((each) => isSame(old, each)));
  writeRetired(file, [...others, ...retired]);
}

/** A second try names what the first did, on another day perhaps. What has no id is told apart by its day. */
function isSame(one: Retired, other: Retired): boolean {
  return one.address === other.address && one.id === other.id && (one.id !== null || one.since === other.since);
}
