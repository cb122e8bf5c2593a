import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Environment } from '../environments/schema';
import { list, record } from '../terraform/json';
import type { Io } from './io';
import { type OpenProject, projectFolder } from './project';
import { withTerraform } from './terraform-command';

/**
 * How many resources an environment's state holds: 0 where it was never deployed. A local state is read as the file it is,
 * because Terraform makes none until it is needed; a remote one through Terraform.
 */
export async function deployedResources(
  environment: Environment,
  reference: string | undefined,
  io: Io,
  open: OpenProject,
): Promise<number> {
  const { state } = environment;
  if (state.backend === 'local') return localResources(resolve(projectFolder(io.cwd), state.path));
  const project = await open(reference, io);
  return withTerraform('diff', io, project, project.recorded, async ({ terraform }) => {
    await terraform.init();
    return (await terraform.state()).resources.length;
  });
}

function localResources(file: string): number {
  if (!existsSync(file)) return 0;
  return list(record(JSON.parse(readFileSync(file, 'utf8')))['resources']).length;
}
