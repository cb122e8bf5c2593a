import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stoppedByGate } from '../../promotion/errors';
import { gate } from '../../promotion/gate';
import { type Retired, retiredIn } from '../../promotion/retired';
import { pairOf, sidesOf, stageOf, transition } from '../../stacks/transition';
import type { SavedPlan } from '../../terraform';
import type { Workplace } from '../terraform-command';

/** What is to be done once the plan is applied. */
export type Afterwards = () => void;

/**
 * Asks the gate before a plan of an environment that is being promoted is applied.
 * @returns what keeps the list of what was let go of, for after the apply
 * @throws `PROMOTION_STOPPED` with everything that the phase does not name
 */
export async function guarded({ io, project, stack, terraform }: Pick<Workplace, 'io' | 'project' | 'stack' | 'terraform'>, saved: Pick<SavedPlan, 'file'>): Promise<Afterwards> {
  const { environment, folder } = project;
  const { promotion } = environment;
  if (promotion === undefined || stack.id !== stack.tier.id) return () => undefined;
  const { leaving } = transition(sidesOf(environment, pairOf(environment, promotion), join(folder, 'cdktf.out')), stageOf[promotion.phase]);
  const plan: unknown = JSON.parse(await terraform.showText(saved.file));
  const { refused, notes } = gate({ plan }, promotion.phase, leaving);
  if (refused.length > 0) throw stoppedByGate(environment.name, promotion.phase, refused);
  for (const note of notes) io.err(`note: ${note}\n`);
  const retired = retiredIn(plan, leaving.forgotten, new Date().toISOString().slice(0, 10));
  return () => {
    if (retired.length > 0) keep(join(folder, dirname(project.file), `${environment.name}.retired.json`), retired);
  };
}

/** Beside the environment file, so that it is reviewed and kept with it. */
function keep(file: string, retired: readonly Retired[]): void {
  mkdirSync(dirname(file), { recursive: true });
  const others = listIn(file).filter(({ address, since }) => !retired.some((each) => each.address === address && each.since === since));
  writeFileSync(file, `${JSON.stringify([...others, ...retired], null, 2)}\n`);
}

function listIn(file: string): readonly Retired[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly Retired[]) : [];
}
