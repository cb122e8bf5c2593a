import { isRecord } from '../values/record';
import { documentUnreadable } from './errors';
import { list, parseJson, record, text } from './json';

/** What Terraform will do to one resource; `unknown` is an action this version of ours does not know. */
export type PlannedAction = 'create' | 'update' | 'replace' | 'destroy' | 'forget' | 'read' | 'none' | 'unknown';

/** One resource of a plan. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly action: PlannedAction;
  /** Where it was before, when it only moves in the state. */
  readonly movedFrom?: string;
  /** Whether an existing object is taken over. */
  readonly imported: boolean;
  /** Attributes that force the replacement, as `a.b[0]`; empty for every other action. */
  readonly because: readonly string[];
}

/** A plan as we need it: what will happen, by resource. */
export interface TerraformPlan {
  readonly changes: readonly PlannedChange[];
  /** Names of outputs that change. */
  readonly outputs: readonly string[];
  /** Whether applying it would do anything at all, outputs and moves among it. */
  readonly applyable: boolean;
}

const ACTIONS: Readonly<Record<string, PlannedAction>> = {
  'no-op': 'none',
  create: 'create',
  read: 'read',
  update: 'update',
  delete: 'destroy',
  forget: 'forget',
  'delete,create': 'replace',
  'create,delete': 'replace',
  'create,forget': 'replace',
};

/**
 * Reads `terraform show -json PLAN`.
 * Source: Terraform documentation, "JSON output format", format 1.2.
 * @throws TERRAFORM_DOCUMENT_UNREADABLE
 */
export function readPlan(source: string): TerraformPlan {
  const plan = parseJson(source);
  if (!isRecord(plan) || text(plan['format_version']) === undefined)
    throw documentUnreadable('the plan', 'it is not the JSON that "terraform show -json" prints');
  const changes = list(plan['resource_changes']).filter(isRecord).map(readChange);
  const outputs = Object.entries(record(plan['output_changes']))
    .filter(([, change]) => !isNothing(change))
    .map(([name]) => name);
  return {
    changes,
    outputs,
    applyable: typeof plan['applyable'] === 'boolean' ? plan['applyable'] : changes.some(does) || outputs.length > 0,
  };
}

/** Whether a change does anything, moves and imports among it. */
export function does(change: PlannedChange): boolean {
  return change.action !== 'none' || change.movedFrom !== undefined || change.imported;
}

/** Addresses by action, in the order of the plan. */
export function addresses(plan: TerraformPlan, action: PlannedAction): readonly string[] {
  return plan.changes.filter((change) => change.action === action).map((change) => change.address);
}

function readChange(entry: Record<string, unknown>): PlannedChange {
  const change = record(entry['change']);
  const moved = text(entry['previous_address']);
  return {
    address: text(entry['address']) ?? '',
    type: text(entry['type']) ?? '',
    action: ACTIONS[list(change['actions']).join(',')] ?? 'unknown',
    ...(moved === undefined ? {} : { movedFrom: moved }),
    imported: isRecord(change['importing']),
    because: list(change['replace_paths']).map(list).map(renderPath),
  };
}

function renderPath(steps: readonly unknown[]): string {
  return steps.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`)).join('');
}

function isNothing(change: unknown): boolean {
  return list(record(change)['actions']).join(',') === 'no-op';
}
