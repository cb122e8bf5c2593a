import { Decimal } from 'decimal.js';
import { placesIn, tokensOf, usageOf } from '../../analysis/capacity';
import type { CdkTfJson, ResourceGraph } from '../../analysis/graph';
import { graphFromSynthesis } from '../../analysis/graph';
import { estimate, type Estimate, type EstimateContext, listBook, type LlmUse, spotOffers, type Usage, withLlm } from '../../analysis/pricing';
import { joinUsage, readUsageFile, resolveUsage, type UsageFile } from '../../analysis/pricing/usage-file';
import { environmentLoad } from '../environment-load';
import { givenFile } from '../given-file';
import type { EstimateFlags } from '../cost-commands';
import { inputsContradict } from '../input/errors';
import { graphOfPlan, graphOfSynthesis } from '../input/graph-input';
import type { Io } from '../io';
import { pathIn } from '../input/path';
import { besideStated } from '../priced-tier';
import { type OpenProject, stackOf } from '../project';

/** Something with a cost, and what it was made of. */
export interface Subject {
  readonly estimate: Estimate;
  readonly context: EstimateContext;
}

/** Options that say what is estimated. */
export type SubjectFlags = Pick<EstimateFlags, 'environment' | 'synth' | 'plan' | 'usage' | 'llm'>;

/** Estimates what the options name: an environment at a tier, a plan, a state, or synthesized Terraform. */
export async function subjectOf(tier: string | undefined, flags: SubjectFlags, io: Io, open: OpenProject): Promise<Subject> {
  refuseContradictions(tier, flags);
  const file = flags.usage === undefined ? noFile : readUsageFile(givenFile('usage', flags.usage, io), flags.usage);
  if (flags.plan !== undefined) return foreign(graphOfPlan(pathIn(io, flags.plan)), flags.plan, file);
  if (flags.synth !== undefined) return foreign(graphOfSynthesis(pathIn(io, flags.synth)), flags.synth, file);
  return ofEnvironment(tier, flags, file, io, open);
}

const noFile: UsageFile = { rules: [], components: {}, total: {}, llm: [], ignored: [] };

function refuseContradictions(tier: string | undefined, flags: SubjectFlags): void {
  const given = [
    ...(flags.environment === undefined ? [] : ['--environment']),
    ...(flags.synth === undefined ? [] : ['--synth']),
    ...(flags.plan === undefined ? [] : ['--plan']),
  ];
  if (given.length > 1) throw inputsContradict(given, 'each says what is estimated.');
  const other = flags.plan !== undefined || flags.synth !== undefined;
  if (other && tier !== undefined) throw inputsContradict([`the tier ${tier}`, ...given], 'a file is estimated as it is.');
  if (other && flags.llm !== undefined) throw inputsContradict(['--llm', ...given], 'a file has no load. Give the tokens in a usage file, under llm.');
}

/** Terraform from anywhere: without a load, so that only the usage file says how much it is used. */
export function foreign(graph: ResourceGraph, input: string, file: UsageFile = noFile): Subject {
  const { usage, unmatched } = resolveUsage(file, graph);
  return priced(graph, usage, file.llm, { input, warnings: [...file.ignored, ...unmatched] });
}

function priced(graph: ResourceGraph, usage: Usage, llm: readonly LlmUse[], context: EstimateContext): Subject {
  const book = listBook();
  const result = withLlm(estimate(graph, book, usage), llm, book);
  return { estimate: result, context: { ...context, spot: spotOffers(result.lines, book) } };
}

async function ofEnvironment(tier: string | undefined, flags: SubjectFlags, file: UsageFile, io: Io, open: OpenProject): Promise<Subject> {
  const project = await open(flags.environment, io);
  const stack = tier === undefined ? project.recorded : stackOf(project, tier);
  const { environment } = project;
  const load = environmentLoad(environment);
  const graph = graphFromSynthesis(stack.json as CdkTfJson);
  const given = resolveUsage(file, graph);
  const usage = joinUsage(given.usage, usageOf(load, placesIn(stack.tier)));
  const llm = [...file.llm, ...(flags.llm === undefined ? [] : [{ model: flags.llm, ...tokensOf(load) }])];
  const result = priced(graph, usage, llm, {});
  const comparison = besideStated(result.estimate, stack.tier);
  const context: EstimateContext = {
    ...result.context,
    environment: environment.name,
    tier: stack.id,
    platform: environment.platform,
    stated: comparison.stated,
    comparison,
    dailyUsers: environment.load.dailyUsers,
    ...(environment.budget === undefined ? {} : { budget: new Decimal(environment.budget.monthly) }),
    warnings: [...project.warnings, ...file.ignored, ...given.unmatched],
  };
  return { estimate: result.estimate, context };
}
