import { rmSync } from 'node:fs';
import { record } from '../terraform/json';
import { sandboxEnvironment } from '../terraform/standin';
import { isRecord } from '../values/record';
import { printJson } from './answer';
import { deploy } from './deploy';
import { destroy } from './destroy';
import { diff } from './diff';
import { sandboxActionUnknown } from './errors';
import type { Io } from './io';
import { deployedWith, layersOf, openSandbox, OpenProject, Project, sandboxFolder, Stack } from './project';
import { columns } from './table';
import { withTerraform } from './terraform-command';

/** Options of `terrace sandbox`. */
export interface SandboxOptions {
  readonly environment?: string;
  readonly json?: boolean;
}

type Action = (tier: string, options: SandboxOptions, io: Io, open: OpenProject) => Promise<number>;

const ACTIONS: Readonly<Record<string, Action>> = {
  plan: (tier, options, io, open) => diff(tier, options, io, open),
  apply: (tier, options, io, open) => deploy(tier, { ...options, autoApprove: true }, io, open),
  destroy: (tier, options, io, open) => destroy(tier, { ...options, autoApprove: true }, io, open),
  show,
};

/** Runs one of the everyday commands on the stand-in, in this process and beside the real environment, which it cannot touch. */
export async function sandbox(action: string, tier: string | undefined, options: SandboxOptions, io: Io): Promise<number> {
  const run = ACTIONS[action];
  if (action === 'env') return (await import('./sandbox-env')).sandboxEnv(options, io);
  if (run === undefined && action !== 'reset') throw sandboxActionUnknown(action, [...Object.keys(ACTIONS), 'reset', 'env']);
  const project = await openSandbox(options.environment, io);
  const folder = sandboxFolder(project.folder, project.environment.name);
  if (run === undefined) return reset(project, folder, options, io);
  const layers = deployedWith(project, tier ?? project.recorded.id);
  io.err('On the stand-in: nothing of this exists in a cloud.\n');
  return onStandin(folder, io, layers, (own) => run(tier ?? project.recorded.id, options, own, () => Promise.resolve(project)));
}

/** Gives Terraform the stand-in as its provider, for as long as the work takes. */
async function onStandin(folder: string, io: Io, layers: readonly Stack[], work: (io: Io) => Promise<number>): Promise<number> {
  const standin = await sandboxEnvironment(folder);
  try {
    return await work({ ...io, env: { ...Object.assign({}, ...layers.map(madeUpSecrets)), ...io.env, ...standin.environment } });
  } finally {
    await standin.stop();
  }
}

/** Values for secrets that nobody has given: on the stand-in any value does. */
export function madeUpSecrets({ json }: Pick<Stack, 'json'>): Readonly<Record<string, string>> {
  const required = Object.entries(record(json['variable'])).filter(([, variable]) => isRecord(variable) && !('default' in variable));
  return Object.fromEntries(required.map(([name]) => [`TF_VAR_${name}`, 'made-up-for-the-stand-in']));
}

async function show(tier: string, options: SandboxOptions, io: Io, open: OpenProject): Promise<number> {
  const project = await open(options.environment, io);
  const objects = [];
  for (const stack of layersOf(project, tier)) objects.push(...(await objectsOf(project, stack, io)));
  if (options.json === true) printJson({ environment: project.environment.name, tier, resources: objects }, io);
  else
    io.out(
      objects.length === 0
        ? 'Nothing exists on the stand-in.\n'
        : `${columns(objects.map(({ address, id }) => [address, id])).join('\n')}\n`,
    );
  return 0;
}

async function objectsOf(project: Project, stack: Stack, io: Io) {
  const { resources } = await withTerraform('diff', io, project, stack, async ({ terraform }) => {
    await terraform.init();
    return terraform.state();
  });
  return resources.map(({ address, type, values }) => ({ address, type, id: typeof values['id'] === 'string' ? values['id'] : '' }));
}

/** Forgets the sandbox. A real environment would have to be destroyed; here the protections of data protect nothing. */
function reset(project: Project, folder: string, options: SandboxOptions, io: Io): number {
  rmSync(folder, { recursive: true, force: true });
  const { name } = project.environment;
  if (options.json === true) printJson({ environment: name, reset: true }, io);
  else io.out(`The sandbox of ${name} is empty again.\n`);
  return 0;
}
