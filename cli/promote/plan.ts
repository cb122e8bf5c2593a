import { join } from 'node:path';
import { parse } from 'yaml';
import { checkLoad, loadOf } from '../../analysis/capacity';
import { graphFromSynthesis } from '../../analysis/graph';
import type { Environment } from '../../environments/schema';
import { factsFor, type GivenFacts, planPromotion, readFacts, renderPlan } from '../../promotion/plan';
import type { PromotionPlan } from '../../promotion/types';
import { printJson, renderWarnings } from '../answer';
import { loadInput } from '../environment-load';
import { givenFile } from '../given-file';
import type { Io } from '../io';
import { allAtOnce, numberOption } from '../numbers';
import { notYaml } from '../planning-errors';
import { projectFolder, readEnvironment } from '../project';
import type { PlanFlags } from './commands';
import { checkedTarget } from './target';

/** Shows the way to another tier. Touches nothing. */
export async function planCommand(name: string | undefined, options: PlanFlags, io: Io): Promise<number> {
  const [given, users] = allAtOnce(() => givenFacts(options, io), () => numberOption('users', options.users));
  const folder = projectFolder(io.cwd);
  const { environment, warnings } = await readEnvironment(name ?? options.environment, folder, io);
  const plan = await planOf(environment, options, given, users, join(folder, 'cdktf.out'));
  if (options.json === true) printJson({ ...plan, warnings }, io);
  else {
    renderWarnings(warnings, io);
    io.out(`${renderPlan(plan)}\n`);
  }
  return 0;
}

/** The plan of an environment, from what both sides synthesize into. */
async function planOf(environment: Environment, options: PlanFlags, given: GivenFacts, users: number | undefined, outdir: string): Promise<PromotionPlan> {
  const { pairOf, sidesOf, transition } = await import('../../stacks/transition');
  const target = await checkedTarget(environment, options);
  const pair = pairOf(environment, target);
  const sides = sidesOf(environment, pair, outdir);
  const load = checkLoad({ ...loadInput(environment), ...(users === undefined ? {} : { users }) });
  const { leaving } = transition(sides, 'contracted');
  return planPromotion({
    environment: {
      name: environment.name,
      platform: environment.platform,
      ...(environment.budget === undefined ? {} : { budget: environment.budget.monthly }),
      alerts: environment.alerts.emails.length > 0,
      localState: environment.state.backend === 'local',
      disposable: environment.disposable !== undefined,
    },
    from: pair.from,
    to: pair.to,
    platform: pair.target.platform,
    changes: pair.changes,
    generations: pair.target.generations,
    resources: { before: graphFromSynthesis(sides.old), during: graphFromSynthesis(transition(sides, 'resized').json), after: graphFromSynthesis(sides.new), ...leaving },
    load,
    facts: factsFor(given, loadOf({ ...loadInput(environment), ...(users === undefined ? {} : { users }) })),
  });
}

/** Facts of the file, with those of the command line in their place. */
function givenFacts(options: PlanFlags, io: Io): GivenFacts {
  const size = numberOption('database-gb', options.databaseGb);
  const file = options.facts === undefined ? {} : factsIn(givenFile('facts', options.facts, io));
  return readFacts({ ...file, ...(size === undefined ? {} : { databaseGb: size }) });
}

/** YAML, of which JSON is a part. */
function factsIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return readFacts(parse(text, { maxAliasCount: 0 })) as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (error instanceof Error && error.name === 'TerraceError') throw error;
    throw notYaml('facts', String((error as Error).message));
  }
}
