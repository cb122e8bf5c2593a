import { Terraform } from '../terraform';
import { TerraceError } from '../values/errors';
import { explain, rememberedTier, Situation } from './explain';
import type { Io } from './io';
import { Progress, progressFor } from './progress';
import type { Project, Stack } from './project';

/** What a command that runs Terraform works with. */
export interface Workplace {
  readonly io: Io;
  readonly project: Project;
  readonly stack: Stack;
  readonly terraform: Terraform;
  readonly progress: Progress;
}

/**
 * Runs a piece of work with Terraform in a stack. What Terraform refuses is explained in the environment's terms.
 * @throws TerraceError
 */
export async function withTerraform<T>(
  command: Situation['command'],
  io: Io,
  project: Project,
  stack: Stack,
  work: (place: Workplace) => Promise<T>,
): Promise<T> {
  const progress = progressFor(io);
  const terraform = await Terraform.in({ directory: stack.directory, env: io.env, listener: progress });
  try {
    return await work({ io, project, stack, terraform, progress });
  } catch (error) {
    progress.stop();
    throw error instanceof TerraceError ? explain(error, await situation(command, project, stack, terraform)) : error;
  } finally {
    progress.stop();
  }
}

async function situation(command: Situation['command'], project: Project, stack: Stack, terraform: Terraform): Promise<Situation> {
  const { environment, file, typed } = project;
  return {
    command,
    environment: environment.name,
    file,
    typed,
    recorded: environment.tier,
    tier: stack.tier.id,
    disposable: environment.disposable !== undefined,
    promotingTo: environment.promotion?.to,
    remembered: await terraform.state().then(rememberedTier, () => undefined),
  };
}
