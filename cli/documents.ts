import { does, SavedPlan } from '../terraform';
import { countPlan, PlanCounts } from './plan-summary';
import type { Project, Stack } from './project';

/** What `--json` prints for deploy, diff and destroy. */
export interface ChangeDocument {
  readonly command: 'deploy' | 'diff' | 'destroy';
  readonly environment: string;
  readonly tier: string;
  readonly platform: string;
  /** Whether applying the plan does anything. */
  readonly changed: boolean;
  /** Whether it was applied. */
  readonly applied: boolean;
  readonly counts: PlanCounts;
  readonly changes: readonly {
    readonly address: string;
    readonly type: string;
    readonly action: string;
    readonly because: readonly string[];
    readonly movedFrom?: string;
    readonly imported: boolean;
  }[];
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
  /** The same for each layer, where the tier has several; what is above is then of all of them together. */
  readonly layers?: readonly ChangeDocument[];
}

/** A plan as data; resources that do not change are left out. */
export function changeDocument(command: ChangeDocument['command'], project: Project, stack: Stack, saved: SavedPlan): ChangeDocument {
  const { name, platform } = project.environment;
  return {
    command,
    environment: name,
    tier: stack.id,
    platform,
    changed: saved.plan.applyable,
    applied: false,
    counts: countPlan(saved.plan),
    changes: saved.plan.changes.filter(does),
    outputs: saved.plan.outputs,
    warnings: [...project.warnings, ...saved.warnings.map(({ summary, detail }) => (detail === '' ? summary : `${summary}: ${detail}`))],
  };
}

/** One document for all layers of a tier. */
export function inOne(documents: readonly ChangeDocument[], tier: string): ChangeDocument {
  const [first, ...others] = documents;
  if (first === undefined) throw new Error('no layer was looked at');
  if (others.length === 0) return first;
  return {
    ...first,
    tier,
    changed: documents.some(({ changed }) => changed),
    applied: documents.some(({ applied }) => applied),
    counts: documents.map(({ counts }) => counts).reduce(added),
    changes: documents.flatMap(({ changes }) => changes),
    outputs: documents.flatMap(({ outputs }) => outputs),
    warnings: [...new Set(documents.flatMap(({ warnings }) => warnings))],
    layers: documents,
  };
}

function added(one: PlanCounts, other: PlanCounts): PlanCounts {
  const sums = Object.entries(one).map(([name, count]) => [name, Number(count) + other[name as keyof PlanCounts]]);
  return Object.fromEntries(sums) as unknown as PlanCounts;
}
