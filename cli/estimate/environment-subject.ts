import { Decimal } from 'decimal.js';
import { placesIn, tokensOf, usageOf } from '../../analysis/capacity';
import { joinUsage, resolveUsage } from '../../analysis/pricing/usage-file/resolve';
import type { UsageFile } from '../../analysis/pricing/usage-file/types';
import { graphOfTier } from '../../stacks/tier-graph';
import { environmentLoad } from '../environment-load';
import type { Io } from '../io';
import { besideStated } from '../priced-tier';
import { type OpenProject, stackOf } from '../project';
import { leftStanding } from '../promote/retired-file';
import { priced, type Subject, type SubjectFlags } from './subject';

/** An environment at a tier, under its load. A figure in the usage file counts before the one that follows from the load. */
export async function ofEnvironment(
  tier: string | undefined,
  flags: SubjectFlags,
  file: UsageFile,
  io: Io,
  open: OpenProject,
): Promise<Subject> {
  const project = await open(flags.environment, io);
  const stack = tier === undefined ? project.recorded : stackOf(project, tier);
  const { environment } = project;
  const load = environmentLoad(environment);
  const graph = graphOfTier(stack);
  const given = resolveUsage(file, graph);
  const usage = joinUsage(given.usage, usageOf(load, placesIn(stack.tier, environment.platform)));
  const llm = [...file.llm, ...(flags.llm === undefined ? [] : [{ model: flags.llm, ...tokensOf(load) }])];
  const { estimate, context } = priced(graph, usage, llm, {});
  const comparison = besideStated(estimate, stack.tier, environment.platform);
  return {
    estimate,
    context: {
      ...context,
      environment: environment.name,
      tier: stack.id,
      platform: environment.platform,
      stated: comparison.stated,
      comparison,
      dailyUsers: environment.load.dailyUsers,
      ...(environment.budget === undefined ? {} : { budget: new Decimal(environment.budget.monthly) }),
      warnings: [...project.warnings, ...leftStanding(project), ...file.ignored, ...given.unmatched],
    },
  };
}
