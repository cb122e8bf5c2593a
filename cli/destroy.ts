import { printJson, renderWarnings } from './answer';
import { confirmed } from './confirm';
import { changeDocument, ChangeDocument } from './documents';
import { nobodyToConfirm, wouldStopHalfway } from './errors';
import type { Io } from './io';
import { Obstacles, obstaclesToDestroy, renderObstacles } from './obstacles';
import { planStack } from './plan-stack';
import { renderPlan } from './plan-summary';
import { OpenProject, Project, Stack, stackOf } from './project';
import { styleFor } from './style';
import { withTerraform, Workplace } from './terraform-command';
import type { SavedPlan } from '../terraform';

/** Options of `terrace destroy`. */
export interface DestroyOptions {
  readonly environment?: string;
  readonly autoApprove?: boolean;
  readonly json?: boolean;
}

/** Destroys an environment: says first what will refuse, then plans it, asks for the environment's name, and applies that very plan. */
export async function destroy(tier: string, options: DestroyOptions, io: Io, open: OpenProject): Promise<number> {
  const project = await open(options.environment, io);
  const stack = stackOf(project, tier);
  renderWarnings(project.warnings, io);
  const document = await withTerraform('destroy', io, project, stack, (place) => destroyStack(place, options));
  if (options.json === true) printJson(document, io);
  return 0;
}

async function destroyStack(place: Workplace, options: DestroyOptions): Promise<ChangeDocument> {
  const { terraform, progress, io, project, stack } = place;
  await terraform.init();
  const obstacles = obstaclesToDestroy(stack.json, await terraform.state());
  progress.stop();
  announce(obstacles, project, stack, io);
  // Terraform itself refuses what is protected: its plan is asked for all the same, so that its reason is seen.
  const saved = await planStack(place, { destroy: true });
  try {
    return await approveAndDestroy(place, saved, options);
  } finally {
    terraform.discard(saved);
  }
}

/** @throws CLI_WOULD_STOP_HALFWAY */
function announce(obstacles: Obstacles, project: Project, stack: Stack, io: Io): void {
  const { name, disposable } = project.environment;
  const lines = renderObstacles(obstacles, name, disposable !== undefined);
  if (lines.length > 0) return io.err(`${lines.join('\n')}\n`);
  if (obstacles.notYetOpen.length > 0) throw wouldStopHalfway(name, stack.id, obstacles.notYetOpen.map(({ address, setting, why }) => `${address}: ${setting} is not yet applied, and ${why}.`));
}

async function approveAndDestroy({ io, project, stack, terraform, progress }: Workplace, saved: SavedPlan, options: DestroyOptions): Promise<ChangeDocument> {
  progress.stop();
  const { name } = project.environment;
  const document = changeDocument('destroy', project, stack, saved);
  if (options.json !== true) io.out(saved.plan.applyable ? renderPlan(saved.plan, styleFor(io, 'output')) : `Nothing to destroy: the state of ${name} is empty.\n`);
  if (!saved.plan.applyable) return document;
  if (options.autoApprove !== true) await confirmed(io, `This destroys ${name} and all its data. Type its name to go on: `, name, () => nobodyToConfirm('destroy', stack.id));
  await terraform.apply(saved);
  progress.stop();
  if (options.json !== true) io.out(`${name} is destroyed.\n`);
  return { ...document, applied: true };
}
