import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { printJson, renderWarnings } from './answer';
import { changeDocument } from './documents';
import type { Io } from './io';
import { planStack } from './plan-stack';
import { renderPlan } from './plan-summary';
import { OpenProject, stackOf } from './project';
import { styleFor } from './style';
import { withTerraform } from './terraform-command';

/** Options of `terrace diff`. */
export interface DiffOptions {
  readonly environment?: string;
  readonly json?: boolean;
  /** Exit with 2 when there are changes. */
  readonly detailedExitcode?: boolean;
  /** Keep the plan in this file, for `terrace deploy --plan`. */
  readonly out?: string;
}

/** Shows what a deploy would do. @returns 0, or with `detailedExitcode` 2 when there are changes */
export async function diff(tier: string, options: DiffOptions, io: Io, open: OpenProject): Promise<number> {
  const project = await open(options.environment, io);
  const stack = stackOf(project, tier);
  renderWarnings(project.warnings, io);
  const saved = await withTerraform('diff', io, project, stack, async (place) => {
    await place.terraform.init();
    const made = await planStack(place, outFile(options, io));
    if (options.out === undefined) place.terraform.discard(made);
    return made;
  });
  if (options.json === true) printJson(changeDocument('diff', project, stack, saved), io);
  else io.out(renderPlan(saved.plan, styleFor(io, 'output')) + next(tier, options));
  return options.detailedExitcode === true && saved.plan.applyable ? 2 : 0;
}

function outFile({ out }: DiffOptions, io: Io): { readonly out?: string } {
  if (out === undefined) return {};
  const file = resolve(io.cwd, out);
  mkdirSync(dirname(file), { recursive: true });
  return { out: file };
}

function next(tier: string, { out }: DiffOptions): string {
  return out === undefined ? '' : `\nTo apply exactly this:  terrace deploy ${tier} --plan ${out}\nThe file holds secrets in clear: keep it to yourself, and delete it when it is not applied.\n`;
}
