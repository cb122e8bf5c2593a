import { parse } from 'yaml';
import {
  type Basis,
  capacityOf,
  type CapacityReport,
  capacityToJson,
  checkLoad,
  checkQuotas,
  type Fit,
  fitLoad,
  growthDates,
  type LoadInput,
  parseMetrics,
  plantOf,
  type QuotaCheck,
  type Reached,
  readQuotas,
  renderCapacity,
} from '../analysis/capacity';
import { graphFromSynthesis, type CdkTfJson } from '../analysis/graph';
import type { Environment } from '../environments/schema';
import { printJson, renderWarnings } from './answer';
import { loadInput } from './environment-load';
import { givenFile } from './given-file';
import type { Io } from './io';
import { allAtOnce, numberOption } from './numbers';
import type { CapacityFlags } from './planning-commands';
import { notYaml, wrongDate, wrongGrowth } from './planning-errors';
import { type OpenProject, type Project, stackOf } from './project';
import { TerraceError } from '../values/errors';

/** Says what a tier carries; without a tier, the one that the environment is at. @returns 0, or 1 when a quota is exceeded */
export async function capacityCommand(tier: string | undefined, options: CapacityFlags, io: Io, open: OpenProject): Promise<number> {
  const [fit] = allAtOnce(
    () => (options.metrics === undefined ? undefined : fitLoad(parseMetrics(givenFile('metrics', options.metrics, io)))),
    () => checkFlags(options),
  );
  const project = await open(options.environment, io);
  const stack = tier === undefined ? project.recorded : stackOf(project, tier);
  const graph = graphFromSynthesis(stack.json as CdkTfJson);
  const report = capacityOf(
    plantOf(stack.tier, graph, project.environment.platform),
    checkLoad(inputFor(project.environment, options, fit)),
  );
  const growth = growthOf(project.environment, options, report, fit);
  const quotas = options.quotas === undefined ? undefined : checkQuotas(graph, quotasIn(givenFile('quotas', options.quotas, io)));
  print({ project, tier: stack.id, report, growth, fit, quotas }, options, io);
  return quotas?.some(({ verdict }) => verdict === 'exceeded') === true ? 1 : 0;
}

/** What is wrong with the options whatever the environment, before it is built. @throws TerraceError with all of it */
function checkFlags(options: CapacityFlags): void {
  allAtOnce(
    () =>
      checkLoad({
        users: numberOption('users', options.users ?? '1'),
        ...(options.basis === undefined ? {} : { basis: options.basis as Basis }),
      }),
    () => checkedGrowth(numberOption('growth', options.growth)),
    () => dayOf(options.today),
  );
}

function checkedGrowth(growth: number | undefined): number | undefined {
  if (growth !== undefined && (growth < -0.9 || growth > 10)) throw wrongGrowth(growth);
  return growth;
}

interface Answer {
  readonly project: Project;
  readonly tier: string;
  readonly report: CapacityReport;
  readonly growth: readonly Reached[] | undefined;
  readonly fit: Fit | undefined;
  readonly quotas: readonly QuotaCheck[] | undefined;
}

function print({ project, tier, report, growth, fit, quotas }: Answer, options: CapacityFlags, io: Io): void {
  const {
    environment: { name, platform },
    warnings,
  } = project;
  if (options.json === true)
    return printJson(
      { environment: name, tier, platform, ...capacityToJson(report, growth), fit: fit ?? null, quotas: quotas ?? null, warnings },
      io,
    );
  renderWarnings([...warnings, ...(quotas ?? []).filter(({ verdict }) => verdict === 'unknown').map(quotaWarning)], io);
  io.out(
    `${name} at ${tier} on ${platform}, under ${report.load.users[report.load.basis].value} ${report.load.basis} users\n${fit === undefined ? '' : `${fitText(fit)}\n`}\n${renderCapacity(report, growth)}\n`,
  );
  for (const line of quotaLines(quotas ?? [])) io.out(`${line}\n`);
}

function fitText({ users, basis, growthPerMonth: { low, typical, high }, lastDay, days, outliers }: Fit): string {
  const share = (growth: number): string => `${(growth * 100).toFixed(1)} %`;
  return `Fitted to ${days} days up to ${lastDay}: ${users} ${basis} users, growing ${share(typical)} a month (${share(low)} to ${share(high)} with 95 % confidence); ${outliers} days lie far off.`;
}

function quotaWarning({ name, needed, source }: QuotaCheck): string {
  return `${needed} ${name} are needed; the account's limit is not known (${source}).`;
}

function quotaLines(quotas: readonly QuotaCheck[]): readonly string[] {
  const exceeded = quotas.filter(({ verdict }) => verdict === 'exceeded');
  const fitting = quotas
    .filter(({ verdict }) => verdict === 'fits')
    .map(({ name, needed, used, limit }) => `${name} ${needed + used} of ${limit}`);
  return [
    ...(fitting.length === 0 ? [] : ['', `Within the account's limits: ${fitting.join(', ')}.`]),
    ...exceeded.flatMap(({ name, needed, used, limit, request = '' }) => [
      '',
      `EXCEEDED: ${name}: ${needed} needed, ${used} in use, limit ${limit}. Write to support:`,
      `  ${request}`,
    ]),
  ];
}

/** A file of quotas as YAML, of which JSON is a part. */
function quotasIn(text: string): ReturnType<typeof readQuotas> {
  try {
    return readQuotas(parse(text, { maxAliasCount: 0 }));
  } catch (error) {
    throw error instanceof TerraceError ? error : notYaml('quotas', String((error as Error).message));
  }
}

/** The environment's load, with the users of the command line or of the measurements in their place. */
function inputFor(environment: Environment, options: Pick<CapacityFlags, 'users' | 'basis'>, fit?: Fit): LoadInput {
  const input = loadInput(environment);
  const users = numberOption('users', options.users) ?? fit?.users;
  const basis = (options.basis ?? (options.users === undefined ? fit?.basis : undefined)) as Basis | undefined;
  return { ...input, ...(users === undefined ? {} : { users }), ...(basis === undefined ? {} : { basis }) };
}

function growthOf(
  environment: Environment,
  options: CapacityFlags,
  report: CapacityReport,
  fit: Fit | undefined,
): readonly Reached[] | undefined {
  const growth = checkedGrowth(numberOption('growth', options.growth) ?? fit?.growthPerMonth.typical ?? environment.load.growthPerMonth);
  return growth === undefined ? undefined : growthDates(report, growth, dayOf(options.today));
}

/** The day from which dates are counted: given, so that an answer can be repeated, or this one. */
export function dayOf(given: string | undefined): string {
  const day = given ?? new Date().toISOString().slice(0, 10);
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day) throw wrongDate('today', day);
  return day;
}
