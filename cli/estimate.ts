import { estimateToJson, money, renderComparison, renderEstimate } from '../analysis/pricing';
import { printJson, renderWarnings } from './answer';
import type { Io } from './io';
import { priceTier } from './priced-tier';
import { OpenProject, stackOf } from './project';

/** Prints what a tier costs a month; without a tier, the one that the environment is at. */
export async function estimateCommand(tier: string | undefined, options: { readonly environment?: string; readonly json?: boolean }, io: Io, open: OpenProject): Promise<number> {
  const project = await open(options.environment, io);
  const stack = tier === undefined ? project.recorded : stackOf(project, tier);
  const { estimate, comparison } = priceTier(stack, project.environment);
  const { name, platform } = project.environment;
  if (options.json === true) {
    printJson({ environment: name, tier: stack.id, platform, ...estimateToJson(estimate), stated: money(comparison.stated), warnings: project.warnings }, io);
    return 0;
  }
  renderWarnings(project.warnings, io);
  io.out(`${name} at ${stack.id} on ${platform}, in USD a month\n\n${renderEstimate(estimate)}\n\n${renderComparison(comparison)}\n`);
  return 0;
}
