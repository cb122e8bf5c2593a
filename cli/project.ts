import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { LoadedEnvironment } from '../environments/load';
import type { Environment } from '../environments/schema';
import type { SynthesisOptions } from '../stacks/synthesize';
import { deployOrder, type LayerRole } from '../stacks/transition/order';
import { stageOf } from '../stacks/transition/stage';
import type { Tier } from '../tiers/tier';
import { tierNotSynthesized } from './errors';
import type { Io } from './io';
import { inSandbox, type Typed, typedFor } from './typed';

/** A tier's stack, as commands use it. */
export interface Stack extends Layer {
  readonly tier: Tier;
  /** Layers that are deployed after it and destroyed before it, in the order of a deploy. @default - none */
  readonly layers?: readonly Layer[];
  /** The same of this tier on the platform to which the environment is being promoted. @default - none */
  readonly arriving?: readonly Layer[];
}

/** What Terraform runs in. */
export interface Layer {
  readonly id: string;
  /** Folder in which Terraform runs. */
  readonly directory: string;
  /** The synthesized configuration. */
  readonly json: Readonly<Record<string, unknown>>;
  /** What a further layer is to a promotion. @default - there is none */
  readonly role?: LayerRole;
}

/** An environment and the stacks it was synthesized into. */
export interface Project {
  /** Folder that holds `cdktf.json`. */
  readonly folder: string;
  readonly environment: Environment;
  /** The environment file, relative to the folder. */
  readonly file: string;
  /** Commands that mean this environment: `terrace deploy tier3 -e staging`. */
  readonly typed: Typed;
  readonly stacks: readonly Stack[];
  readonly recorded: Stack;
  /** What should be known about the environment. */
  readonly warnings: readonly string[];
  /** Why other tiers of the ladder could not be built; of interest only to who looks at the ladder. */
  readonly leftOut: readonly string[];
}

/** Makes a project from an environment's name or file. Commands take it as an argument so that tests can give their own. */
export type OpenProject = (reference: string | undefined, io: Io) => Promise<Project>;

/** The stack of a tier. @throws CLI_TIER_UNKNOWN */
export function stackOf(project: Project, tier: string): Stack {
  const stack = project.stacks.find(({ id }) => id === tier);
  if (stack === undefined)
    throw tierNotSynthesized(
      tier,
      project.stacks.map(({ id }) => id),
      project.leftOut,
    );
  return stack;
}

/**
 * The stacks that a name means, in the order in which they are deployed: all layers of a tier, or the one layer of this name.
 * @throws CLI_TIER_UNKNOWN
 */
export function layersOf(project: Project, name: string): readonly [Stack, ...Stack[]] {
  const further = (stack: Stack): Stack[] => [...furtherLayers(stack), ...arrivingLayers(stack)];
  const single = project.stacks.flatMap(further).find(({ id }) => id === name);
  if (single !== undefined) return [single];
  const stack = stackOf(project, name);
  return [stack, ...further(stack)];
}

function furtherLayers({ tier, layers = [] }: Stack): Stack[] {
  return layers.map((layer) => ({ ...layer, tier }));
}

function arrivingLayers({ tier, arriving = [] }: Stack): Stack[] {
  return arriving.map((layer) => ({ ...layer, tier }));
}

/**
 * The stacks that a deploy of this name touches, in their order. While an environment is promoted, both of its tiers mean the same: the
 * one configuration that they share, and the further layers of both.
 * @throws CLI_TIER_UNKNOWN
 */
export function deployedWith(project: Project, name: string): readonly Stack[] {
  const { tier, promotion } = project.environment;
  if (promotion === undefined || (name !== tier && name !== promotion.to)) return layersOf(project, name);
  const [old, next] = [stackOf(project, tier), stackOf(project, promotion.to)];
  return deployOrder(stageOf[promotion.phase], {
    platform: stackOf(project, name),
    old: furtherLayers(old),
    new: old === next ? arrivingLayers(next) : furtherLayers(next),
  });
}

/** What a person calls a further layer; nothing for the tier's own stack. */
export function layerName({ id, tier }: Pick<Stack, 'id' | 'tier'>): string | undefined {
  if (id === tier.id) return undefined;
  return /-workloads(-g\d+)?$/.test(id) ? 'what runs in the clusters' : 'the part in the second cloud';
}

/** Reads the environment file and synthesizes it, in this process. Modules are loaded here, so that `--help` does without. */
export const openProject: OpenProject = async (reference, io) => {
  const folder = projectFolder(io.cwd);
  const loaded = await readEnvironment(reference, folder, io);
  const outdir = io.env['CDKTF_OUTDIR'];
  return synthesized(folder, loaded, { project: folder, ...(outdir === undefined ? {} : { outdir }) }, typedFor(reference));
};

/**
 * The same environment for the stand-in: synthesized below `.terrace/sandbox/<environment>`, with its state there, so that
 * nothing of it can meet the real one's state, provider or output.
 */
export const openSandbox: OpenProject = async (reference, io) => {
  const folder = projectFolder(io.cwd);
  const loaded = await readEnvironment(reference, folder, io);
  const project = sandboxFolder(folder, loaded.environment.name);
  mkdirSync(project, { recursive: true });
  return synthesized(
    folder,
    { ...loaded, environment: { ...loaded.environment, state: { backend: 'local', path: 'sandbox.tfstate' } }, warnings: [] },
    { project },
    typedFor(reference, inSandbox),
  );
};

/** Where the sandbox of an environment keeps its stacks, its state and the stand-in's objects. */
export function sandboxFolder(folder: string, environment: string): string {
  return join(folder, '.terrace', 'sandbox', environment);
}

async function synthesized(
  folder: string,
  { environment, file, warnings }: LoadedEnvironment,
  options: SynthesisOptions,
  typed: Typed,
): Promise<Project> {
  const { synthesize } = await import('../stacks/synthesize');
  const synthesis = synthesize(environment, options);
  return {
    folder,
    environment,
    file: relative(folder, file),
    typed,
    stacks: synthesis.tiers,
    recorded: synthesis.recorded,
    warnings,
    leftOut: synthesis.warnings,
  };
}

/** Finds and reads the environment file that is meant. */
export async function readEnvironment(reference: string | undefined, folder: string, io: Io): Promise<LoadedEnvironment> {
  const { loadEnvironment } = await import('../environments/load');
  return loadEnvironment(reference ?? io.env['TERRACE_ENVIRONMENT'], {
    cwd: folder,
    // Loaded only where something is wrong.
    further: (environment) => (require('../stacks/problems') as typeof import('../stacks/problems')).problemsBeside(environment),
  });
}

/** The nearest folder upwards that holds `cdktf.json`; where none does, the present one, and the loader says what is missing. */
export function projectFolder(cwd: string): string {
  let folder = resolve(cwd);
  while (!existsSync(join(folder, 'cdktf.json'))) {
    if (dirname(folder) === folder) return cwd;
    folder = dirname(folder);
  }
  return folder;
}
