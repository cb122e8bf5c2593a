import type { ResourceGraph } from '../../analysis/graph';
import {
  estimate,
  type Estimate,
  type EstimateContext,
  listBook,
  type LlmUse,
  spotOffers,
  type Usage,
  withLlm,
} from '../../analysis/pricing';
import { noUsageFile, resolveUsage } from '../../analysis/pricing/usage-file/resolve';
import type { UsageFile } from '../../analysis/pricing/usage-file/types';
import type { EstimateFlags } from '../cost-commands';
import { inputsContradict } from '../input/errors';
import { graphOfPlan, graphOfSynthesis } from '../input/graph-input';
import { pathIn } from '../input/path';
import type { Io } from '../io';
import type { OpenProject } from '../project';

/** Something with a cost, and what it was made of. */
export interface Subject {
  readonly estimate: Estimate;
  readonly context: EstimateContext;
}

/** Options that say what is estimated. */
export type SubjectFlags = Pick<EstimateFlags, 'environment' | 'synth' | 'plan' | 'usage' | 'llm'>;

/** Estimates what the options name: an environment at a tier, a plan, a state, or synthesized Terraform. What only an environment needs is loaded for one. */
export async function subjectOf(tier: string | undefined, flags: SubjectFlags, io: Io, open: OpenProject): Promise<Subject> {
  refuseContradictions(tier, flags);
  const file = await usageFileOf(flags.usage, io);
  if (flags.plan !== undefined) return foreign(graphOfPlan(pathIn(io, flags.plan)), flags.plan, file);
  if (flags.synth !== undefined) return foreign(graphOfSynthesis(pathIn(io, flags.synth)), flags.synth, file);
  return (await import('./environment-subject')).ofEnvironment(tier, flags, file, io, open);
}

/** The usage file that is named; one that says nothing where none is. */
export async function usageFileOf(path: string | undefined, io: Io): Promise<UsageFile> {
  if (path === undefined) return noUsageFile;
  const [{ readUsageFile }, { givenFile }] = await Promise.all([import('../../analysis/pricing/usage-file'), import('../given-file')]);
  return readUsageFile(givenFile('usage', path, io), path);
}

function refuseContradictions(tier: string | undefined, flags: SubjectFlags): void {
  const given = [
    ...(flags.environment === undefined ? [] : ['--environment']),
    ...(flags.synth === undefined ? [] : ['--synth']),
    ...(flags.plan === undefined ? [] : ['--plan']),
  ];
  if (given.length > 1) throw inputsContradict(given, 'each says what is estimated.');
  const other = flags.plan !== undefined || flags.synth !== undefined;
  if (other && tier !== undefined) throw inputsContradict([`the tier ${tier}`, ...given], 'a file is estimated as it is.');
  if (other && flags.llm !== undefined)
    throw inputsContradict(['--llm', ...given], 'a file has no load. Give the tokens in a usage file, under llm.');
}

/** Terraform from anywhere: without a load, so that only the usage file says how much it is used. */
export function foreign(graph: ResourceGraph, input: string, file: UsageFile): Subject {
  const { usage, unmatched } = resolveUsage(file, graph);
  return priced(graph, usage, file.llm, { input, warnings: [...file.ignored, ...unmatched] });
}

/** Prices resources with everything that is known of their use. */
export function priced(graph: ResourceGraph, usage: Usage, llm: readonly LlmUse[], context: EstimateContext): Subject {
  const book = listBook();
  const result = withLlm(estimate(graph, book, usage), llm, book);
  return { estimate: result, context: { ...context, spot: spotOffers(result.lines, book) } };
}
