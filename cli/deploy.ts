import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { printJson, renderWarnings } from './answer';
import { confirmed } from './confirm';
import { changeDocument, ChangeDocument, inOne } from './documents';
import { nobodyToConfirm, planMissing, planOfAnother } from './errors';
import type { Io } from './io';
import { planStack, refuseEarlyLeave } from './plan-stack';
import { renderPlan } from './plan-summary';
import { deployedWith, layerName, layersOf, OpenProject, Stack } from './project';
import { styleFor } from './style';
import { Workplace, withTerraform } from './terraform-command';
import { configurationInPlan, SavedPlan } from '../terraform';
import type { TerraceError } from '../values/errors';

/** Options of `terrace deploy`. */
export interface DeployOptions {
  readonly environment?: string;
  readonly autoApprove?: boolean;
  readonly json?: boolean;
  /** A plan file of `terrace diff --out`, which is applied as it is. */
  readonly plan?: string;
  /** What to refuse with where nobody can be asked. @default - the command that deploys this stack without asking */
  readonly nobody?: () => TerraceError;
}

/** Synthesizes, plans, asks, and applies that very plan. */
export async function deploy(tier: string, options: DeployOptions, io: Io, open: OpenProject): Promise<number> {
  const project = await open(options.environment, io);
  const [named] = layersOf(project, tier);
  renderWarnings(project.warnings, io);
  const documents: ChangeDocument[] = [];
  // A plan was kept of one layer: the next one can be planned only when that is there.
  for (const stack of options.plan === undefined ? deployedWith(project, tier) : [named])
    documents.push(await withTerraform('deploy', io, project, stack, (place) => deployStack(place, options)));
  if (options.json === true) printJson(inOne(documents, tier), io);
  return 0;
}

async function deployStack(place: Workplace, options: DeployOptions): Promise<ChangeDocument> {
  // A wrong plan file is refused before anything is downloaded.
  if (options.plan !== undefined) reviewedPlan(place, options.plan);
  await place.terraform.init();
  return deployPrepared(place, options);
}

/** Plans a stack that is initialised, shows the plan, asks, and applies that very plan. */
export async function deployPrepared(place: Workplace, options: DeployOptions): Promise<ChangeDocument> {
  const saved = await planOf(place, options);
  try {
    await refuseEarlyLeave(place, saved.plan);
    return await approveAndApply(place, saved, options);
  } finally {
    // A plan holds secrets in clear. One that was handed to us is the caller's, unless it was applied.
    if (options.plan === undefined) place.terraform.discard(saved);
  }
}

async function planOf(place: Workplace, { plan }: DeployOptions): Promise<SavedPlan> {
  const file = plan === undefined ? undefined : reviewedPlan(place, plan);
  return file === undefined ? planStack(place) : place.terraform.show(file);
}

/** A plan carries its own backend: applied in the wrong place it would change the other environment. */
function reviewedPlan({ io, project, stack }: Workplace, plan: string): string {
  const file = resolve(io.cwd, plan);
  if (!existsSync(file)) throw planMissing(plan);
  if (configurationInPlan(readFileSync(file)) !== readFileSync(join(stack.directory, 'cdk.tf.json'), 'utf8'))
    throw planOfAnother(plan, project.environment.name, stack.id, project.typed);
  return file;
}

async function approveAndApply(
  { io, project, stack, terraform, progress }: Workplace,
  saved: SavedPlan,
  options: DeployOptions,
): Promise<ChangeDocument> {
  progress.stop();
  const document = changeDocument('deploy', project, stack, saved);
  if (options.json !== true) io.out(renderPlan(saved.plan, styleFor(io, 'output')));
  if (!saved.plan.applyable) return document;
  const beforehand =
    project.environment.promotion === undefined
      ? undefined
      : await (await import('./promote/guarded')).guarded({ io, project, stack }, saved);
  if (options.autoApprove !== true)
    await confirmed(
      io,
      `Apply this to ${project.environment.name}? Only "yes" is taken: `,
      'yes',
      () => options.nobody?.() ?? nobodyToConfirm('deploy', stack.id, project.typed),
    );
  beforehand?.();
  await terraform.apply(saved);
  progress.stop();
  if (options.json !== true) io.out(`${deployedLine(stack, project.environment.name)}\n`);
  return { ...document, applied: true };
}

function deployedLine(stack: Stack, environment: string): string {
  const layer = layerName(stack);
  return layer === undefined
    ? `${environment} is deployed at ${stack.id}.`
    : `${layer.charAt(0).toUpperCase()}${layer.slice(1)} of ${environment} is deployed.`;
}
