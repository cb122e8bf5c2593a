import { join } from 'node:path';
import { parse } from 'yaml';
import { type GivenFacts, readFacts, renderPlan } from '../../promotion/plan';
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
  const [given, users] = allAtOnce(
    () => givenFacts(options, io),
    () => numberOption('users', options.users),
  );
  const folder = projectFolder(io.cwd);
  const { environment, warnings } = await readEnvironment(name ?? options.environment, folder, io);
  const target = await checkedTarget(environment, options);
  const { planOf } = await import('../../promotion/plan-of');
  const load = { ...loadInput(environment), ...(users === undefined ? {} : { users }) };
  const plan = planOf(environment, { target, load, facts: given, outdir: join(folder, 'cdktf.out') });
  if (options.json === true) printJson({ ...plan, warnings }, io);
  else {
    renderWarnings(warnings, io);
    io.out(`${renderPlan(plan)}\n`);
  }
  return 0;
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
