import { relative } from 'node:path';
import { printJson, renderWarnings } from './answer';
import type { Io } from './io';
import { layersOf, type OpenProject } from './project';
import { columns } from './table';

/** Writes the stacks of an environment and says where they are. */
export async function synth(
  options: { readonly environment?: string; readonly json?: boolean },
  io: Io,
  open: OpenProject,
): Promise<number> {
  const project = await open(options.environment, io);
  const { environment, recorded } = project;
  const warnings = [...project.warnings, ...project.leftOut];
  const stacks = project.stacks
    .flatMap((stack) => layersOf(project, stack.id))
    .map(({ id, tier, directory, json }) => ({
      tier: id,
      path: `${relative(io.cwd, directory)}/cdk.tf.json`,
      resources: countResources(json),
      recorded: tier.id === recorded.id,
    }));
  if (options.json === true) {
    printJson({ environment: environment.name, tier: environment.tier, platform: environment.platform, stacks, warnings }, io);
    return 0;
  }
  renderWarnings(warnings, io);
  const rows = stacks.map((stack) => [
    stack.tier,
    `${stack.resources} resources`,
    stack.path,
    stack.recorded ? 'the environment is here' : 'locked',
  ]);
  io.out(`${columns(rows, ['left', 'right']).join('\n')}\n`);
  return 0;
}

function countResources(json: Readonly<Record<string, unknown>>): number {
  const types = Object.values((json['resource'] ?? {}) as Readonly<Record<string, object>>);
  return types.reduce((count, named) => count + Object.keys(named).length, 0);
}
