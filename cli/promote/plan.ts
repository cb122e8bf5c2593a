import { planPromotion, renderPlan } from '../../promotion/plan';
import { printJson, renderWarnings } from '../answer';
import { loadInput } from '../environment-load';
import type { Io } from '../io';
import { allAtOnce, numberOption } from '../numbers';
import { projectFolder, readEnvironment } from '../project';
import type { PlanFlags } from './commands';
import { givenFacts, knownFacts } from './facts';
import { fitting } from './fitting';

/** Shows the way to another tier. Touches nothing. @returns 0, or 1 where the capacity is short and nobody accepts that, so that `run` would refuse to begin */
export async function planCommand(name: string | undefined, options: PlanFlags, io: Io): Promise<number> {
  const [, users] = allAtOnce(
    () => givenFacts(options, io),
    () => numberOption('users', options.users),
  );
  const folder = projectFolder(io.cwd);
  const { environment, warnings } = await readEnvironment(name ?? options.environment, folder, io);
  const load = { ...loadInput(environment), ...(users === undefined ? {} : { users }) };
  const { input } = await fitting(
    environment,
    options,
    { known: knownFacts(options, io, { environment, folder }), load, shortAccepted: true },
    folder,
  );
  const plan = planPromotion(input);
  if (options.json === true) printJson({ ...plan, warnings }, io);
  else {
    renderWarnings(warnings, io);
    io.out(`${renderPlan(plan)}\n`);
  }
  return plan.capacity.carries || options.acceptShortCapacity === true ? 0 : 1;
}
