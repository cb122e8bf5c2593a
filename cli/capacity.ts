import { type Basis, capacityOf, type CapacityReport, capacityToJson, checkLoad, growthDates, type LoadInput, plantOf, type Reached, renderCapacity } from '../analysis/capacity';
import { graphFromSynthesis, type CdkTfJson } from '../analysis/graph';
import type { Environment } from '../environments/schema';
import { printJson, renderWarnings } from './answer';
import { loadInput } from './environment-load';
import type { Io } from './io';
import { numberOption } from './numbers';
import type { CapacityFlags } from './planning-commands';
import { wrongDate, wrongGrowth } from './planning-errors';
import { type OpenProject, stackOf } from './project';

/** Says what a tier carries; without a tier, the one that the environment is at. */
export async function capacityCommand(tier: string | undefined, options: CapacityFlags, io: Io, open: OpenProject): Promise<number> {
  const project = await open(options.environment, io);
  const stack = tier === undefined ? project.recorded : stackOf(project, tier);
  const { name, platform } = project.environment;
  const plant = plantOf(stack.tier, graphFromSynthesis(stack.json as CdkTfJson), platform);
  const report = capacityOf(plant, checkLoad(inputFor(project.environment, options)));
  const growth = growthOf(project.environment, options, report);
  if (options.json === true) {
    printJson({ environment: name, tier: stack.id, platform, ...capacityToJson(report, growth), warnings: project.warnings }, io);
    return 0;
  }
  renderWarnings(project.warnings, io);
  io.out(`${name} at ${stack.id} on ${platform}, under ${report.load.users[report.load.basis].value} ${report.load.basis} users\n\n${renderCapacity(report, growth)}\n`);
  return 0;
}

/** The environment's load, with the users of the command line in their place. */
export function inputFor(environment: Environment, options: Pick<CapacityFlags, 'users' | 'basis'>): LoadInput {
  const input = loadInput(environment);
  const users = numberOption('users', options.users);
  const basis = options.basis as Basis | undefined;
  return { ...input, ...(users === undefined ? {} : { users }), ...(basis === undefined ? {} : { basis }) };
}

function growthOf(environment: Environment, options: CapacityFlags, report: CapacityReport): readonly Reached[] | undefined {
  const growth = numberOption('growth', options.growth) ?? environment.load.growthPerMonth;
  if (growth === undefined) return undefined;
  if (growth < -0.9 || growth > 10) throw wrongGrowth(growth);
  return growthDates(report, growth, dayOf(options.today));
}

/** The day from which dates are counted: given, so that an answer can be repeated, or this one. */
export function dayOf(given: string | undefined): string {
  const day = given ?? new Date().toISOString().slice(0, 10);
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day) throw wrongDate('today', day);
  return day;
}
