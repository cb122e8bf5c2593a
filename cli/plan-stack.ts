import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationInPlan, PlanOptions, SavedPlan, type TerraformPlan } from '../terraform';
import { stackOverwritten } from './errors';
import type { Stack } from './project';
import type { Workplace } from './terraform-command';

/**
 * Plans a stack, and makes sure that the plan is of what was synthesized for this command. All environments share one output
 * folder: who synthesizes another meanwhile would have this plan made, shown under our name and applied, for that one.
 * A layer that leaves, and of which nothing is there, is not planned: what it would read may be gone, or was never there.
 * @throws CLI_STACK_OVERWRITTEN
 */
export async function planStack({ terraform, project, stack }: Workplace, options: PlanOptions = {}): Promise<SavedPlan> {
  if (stack.role === 'leaves' && options.out === undefined && (await terraform.state()).resources.length === 0) return nothingIn(stack);
  const saved = await terraform.plan(options);
  if (isPlanOf(stack, saved.file)) return saved;
  terraform.discard(saved);
  throw stackOverwritten(project.environment.name, stack.id);
}

/**
 * Refuses a plan that takes the cluster of a region which is left, while something is still in it.
 * @throws CLI_REGION_STILL_FILLED
 */
export async function refuseEarlyLeave(place: Workplace, plan: TerraformPlan): Promise<void> {
  if (place.project.environment.leavingRegions === undefined) return;
  const { refuseStillFilled } = await import('./still-filled');
  await refuseStillFilled(place, plan);
}

function nothingIn({ directory }: Stack): SavedPlan {
  return { file: join(directory, 'none.tfplan'), plan: { changes: [], outputs: [], applyable: false }, text: '{}', warnings: [] };
}

/** Whether a plan file was made from the stack as it was synthesized. A file that cannot be looked into is judged by what lies on the disk. */
function isPlanOf({ directory, json }: Stack, file: string): boolean {
  const planned = configurationInPlan(readFileSync(file)) ?? readFileSync(join(directory, 'cdk.tf.json'), 'utf8');
  return JSON.stringify(JSON.parse(planned)) === JSON.stringify(json);
}
