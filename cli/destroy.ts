import { printJson, renderWarnings } from './answer';
import { confirmed } from './confirm';
import { changeDocument, ChangeDocument, inOne } from './documents';
import { nobodyToConfirm, wouldStopHalfway } from './errors';
import type { Io } from './io';
import { Obstacles, obstaclesToDestroy, renderObstacles } from './obstacles';
import { planStack } from './plan-stack';
import { renderPlan } from './plan-summary';
import { layerName, layersOf, OpenProject, Project, Stack } from './project';
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
  const layers = [...layersOf(project, tier)].reverse();
  renderWarnings(project.warnings, io);
  // What stands in the way of the last layer is found before the first one is gone.
  for (const stack of layers.slice(1)) await withTerraform('destroy', io, project, stack, look);
  const documents: ChangeDocument[] = [];
  for (const stack of layers)
    documents.push(...(await withTerraform('destroy', io, project, stack, (place) => destroyStack(place, options))));
  if (options.json === true) printJson(inOne(documents, tier), io);
  return 0;
}

/** Says what will refuse to go. @returns how much there is */
async function look({ terraform, progress, io, project, stack }: Workplace): Promise<number> {
  await terraform.init();
  const state = await terraform.state();
  progress.stop();
  announce(obstaclesToDestroy(stack.json, state), project, stack, io);
  return state.resources.length;
}

/** @returns nothing for a second layer of which nothing is there: it cannot even be planned when the first one is gone */
async function destroyStack(place: Workplace, options: DestroyOptions): Promise<readonly ChangeDocument[]> {
  const { terraform, stack } = place;
  if ((await look(place)) === 0 && layerName(stack) !== undefined) return [];
  // Terraform itself refuses what is protected: its plan is asked for all the same, so that its reason is seen.
  const saved = await planStack(place, { destroy: true });
  try {
    return [await approveAndDestroy(place, saved, options)];
  } finally {
    terraform.discard(saved);
  }
}

/** @throws CLI_WOULD_STOP_HALFWAY */
function announce(obstacles: Obstacles, project: Project, stack: Stack, io: Io): void {
  const { name, disposable } = project.environment;
  const lines = renderObstacles(obstacles, name, disposable !== undefined);
  if (lines.length > 0) return io.err(`${lines.join('\n')}\n`);
  if (obstacles.notYetOpen.length > 0)
    throw wouldStopHalfway(
      name,
      project.typed('deploy', stack.id),
      obstacles.notYetOpen.map(({ address, setting, why }) => `${address}: ${setting} is not yet applied, and ${why}.`),
    );
}

async function approveAndDestroy(
  { io, project, stack, terraform, progress }: Workplace,
  saved: SavedPlan,
  options: DestroyOptions,
): Promise<ChangeDocument> {
  progress.stop();
  const { name } = project.environment;
  const document = changeDocument('destroy', project, stack, saved);
  if (options.json !== true)
    io.out(saved.plan.applyable ? renderPlan(saved.plan, styleFor(io, 'output')) : `Nothing to destroy: the state of ${name} is empty.\n`);
  if (!saved.plan.applyable) return document;
  const layer = layerName(stack);
  const what = layer === undefined ? `${name} and all its data` : `${layer} of ${name}`;
  if (options.autoApprove !== true)
    await confirmed(io, `This destroys ${what}. Type its name to go on: `, name, () => nobodyToConfirm('destroy', stack.id, project.typed));
  await terraform.apply(saved);
  progress.stop();
  if (options.json !== true) io.out(layer === undefined ? `${name} is destroyed.\n` : `Gone: ${layer} of ${name}.\n`);
  return { ...document, applied: true };
}
