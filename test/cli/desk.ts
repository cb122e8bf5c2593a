import type { Environment } from '../../environments/schema';
import type { Io } from '../../cli/io';
import type { OpenProject } from '../../cli/project';
import { run } from '../../cli/program';
import { typedFor } from '../../cli/typed';
import { tier as tierNamed } from '../../tiers';
import { scratch } from '../support/scratch';
import { StackJson, writeStack } from '../terraform/stack';

/** What a command line printed and exited with. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly asked: readonly string[];
}

/** A person or a pipeline at the command line. */
export interface Desk {
  /** Whether a person sits there. @default false */
  readonly terminal?: boolean;
  /** What the person types when asked. */
  readonly answers?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

/** Runs one command line in this process and gives back everything it printed. */
export async function type(args: readonly string[], open: OpenProject, desk: Desk = {}): Promise<Outcome> {
  const out: string[] = [];
  const err: string[] = [];
  const asked: string[] = [];
  const answers = [...(desk.answers ?? [])];
  const terminal = desk.terminal ?? false;
  const io: Io = {
    env: { ...process.env, NO_COLOR: '1', ...desk.env },
    cwd: desk.cwd ?? scratch(),
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    terminal: { input: terminal, output: terminal, errors: terminal },
    columns: () => 100,
    ask: (question) => {
      asked.push(question);
      return Promise.resolve(answers.shift() ?? '');
    },
  };
  const code = await run(args, io, { open });
  return { code, out: out.join(''), err: err.join(''), asked };
}

/** An environment made of stacks written by hand, one for each tier. */
export interface HandMade {
  readonly project: string;
  readonly open: OpenProject;
  readonly directories: Readonly<Record<string, string>>;
}

/** Writes the stacks of an environment and gives what opens it. */
export function handMade(options: {
  project?: string;
  tier?: 'tier1' | 'tier2' | 'tier3';
  disposable?: boolean;
  stacks: Readonly<Record<string, StackJson>>;
  warnings?: readonly string[];
  leftOut?: readonly string[];
}): HandMade {
  const project = options.project ?? scratch('terrace-project-');
  const recorded = options.tier ?? 'tier3';
  const environment = {
    name: 'production',
    tier: recorded,
    platform: 'digitalocean',
    ...(options.disposable === true ? { disposable: 'production' } : {}),
  } as unknown as Environment;
  const stacks = Object.entries(options.stacks).map(([id, json]) => ({
    id,
    tier: tierNamed(id as 'tier1'),
    directory: writeStack(json, { project, tier: id }),
    json,
  }));
  const own = stacks.find(({ id }) => id === recorded);
  if (own === undefined) throw new Error(`no stack for ${recorded}`);
  return {
    project,
    open: (reference) =>
      Promise.resolve({
        folder: project,
        environment,
        file: 'environments/production.yaml',
        typed: typedFor(reference),
        stacks,
        recorded: own,
        warnings: options.warnings ?? [],
        leftOut: options.leftOut ?? [],
      }),
    directories: Object.fromEntries(stacks.map(({ id, directory }) => [id, directory])),
  };
}

/** The locks as synthesis writes them, on `terraform_data` alone. */
export function lockedStack(options: {
  tier: string;
  recorded?: string;
  disposable?: boolean;
  resources?: Readonly<Record<string, StackJson>>;
  more?: StackJson;
}): StackJson {
  const { tier, recorded = tier, disposable = false, resources = { app: { input: 'v1' } } } = options;
  const protect = disposable ? {} : { lifecycle: { prevent_destroy: true } };
  const locked = recorded !== tier;
  const reference = locked ? { depends: '${var.tier_change_approved}' } : {};
  return {
    terraform: { backend: { local: { path: '../../../production.tfstate' } } },
    ...(locked
      ? {
          variable: {
            tier_change_approved: {
              type: 'string',
              default: '',
              validation: [
                {
                  condition: `\${var.tier_change_approved == "${tier}"}`,
                  error_message: `Environment production is at ${recorded}; this stack is ${tier}.`,
                },
              ],
            },
          },
        }
      : {}),
    resource: {
      terraform_data: { recorded_tier: { triggers_replace: tier, ...protect, ...(locked ? { input: reference } : {}) }, ...resources },
    },
    ...options.more,
  };
}
