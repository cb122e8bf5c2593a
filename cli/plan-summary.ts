import { does, PlannedAction, PlannedChange, TerraformPlan } from '../terraform';
import type { Style } from './style';

/** How many resources each action touches. */
export type PlanCounts = Readonly<Record<'create' | 'update' | 'replace' | 'destroy' | 'forget' | 'move' | 'import' | 'unknown', number>>;

/** Counts a plan; a resource that moves and changes counts as both. */
export function countPlan(plan: TerraformPlan): PlanCounts {
  const having = (action: PlannedAction): number => plan.changes.filter((change) => change.action === action).length;
  return {
    create: having('create'),
    update: having('update'),
    replace: having('replace'),
    destroy: having('destroy'),
    forget: having('forget'),
    move: plan.changes.filter((change) => change.movedFrom !== undefined).length,
    import: plan.changes.filter((change) => change.imported).length,
    unknown: having('unknown'),
  };
}

/** Actions in the order of how much they hurt: what is lost stands first. */
const ORDER: readonly { readonly action: PlannedAction; readonly sign: string; readonly verb: string; readonly colour: keyof Style }[] = [
  { action: 'destroy', sign: '-', verb: 'destroyed', colour: 'red' },
  { action: 'replace', sign: '-/+', verb: 'replaced', colour: 'red' },
  { action: 'unknown', sign: '?', verb: 'changed in a way this version does not know', colour: 'red' },
  { action: 'forget', sign: 'x', verb: 'forgotten, and left running', colour: 'yellow' },
  { action: 'update', sign: '~', verb: 'updated in place', colour: 'yellow' },
  { action: 'create', sign: '+', verb: 'created', colour: 'green' },
];

/**
 * A plan in words: the counts, then each resource that is changed. Created ones are listed by type and number only when
 * there are many of them, the rest always one by one.
 */
export function renderPlan(plan: TerraformPlan, style: Style): string {
  if (!plan.applyable) return 'No changes. What runs is what the configuration says.\n';
  const groups = ORDER.flatMap(({ action, sign, verb, colour }) =>
    group(
      plan.changes.filter((change) => change.action === action),
      sign,
      verb,
      style[colour],
    ),
  );
  const rest = [...group(plan.changes.filter(moves), '>', 'moved in the state only', style.dim), ...outputs(plan)];
  return [`Plan: ${renderCounts(plan)}.`, ...groups, ...rest, ''].join('\n');
}

/** `2 to create, 1 to replace`, without what does not happen. */
function renderCounts(plan: TerraformPlan): string {
  const told = Object.entries(countPlan(plan))
    .filter(([, count]) => count > 0)
    .map(([action, count]) => `${count} to ${action === 'unknown' ? 'change in an unknown way' : action}`);
  return told.length === 0 ? 'no resource changes' : told.join(', ');
}

function group(changes: readonly PlannedChange[], sign: string, verb: string, colour: (text: string) => string): readonly string[] {
  if (changes.length === 0) return [];
  const many = sign === '+' && changes.length > 12;
  return [
    `\n${changes.length} ${verb}`,
    ...(many ? byType(changes) : changes.map(line)).map((text) => colour(`  ${sign.padEnd(4)}${text}`)),
  ];
}

function line(change: PlannedChange): string {
  const because = change.because.length === 0 ? '' : `  (because of ${change.because.join(', ')})`;
  const from = change.movedFrom === undefined ? '' : `  (from ${change.movedFrom})`;
  return `${change.address}${because}${from}${change.imported ? '  (imported)' : ''}`;
}

function byType(changes: readonly PlannedChange[]): readonly string[] {
  const types = [...new Set(changes.map((change) => change.type))].sort();
  return types.map((type) => {
    const names = changes.filter((change) => change.type === type).map((change) => change.address.slice(type.length + 1));
    return `${type}  ${names.join(', ')}`;
  });
}

function moves(change: PlannedChange): boolean {
  return change.action === 'none' && does(change);
}

function outputs(plan: TerraformPlan): readonly string[] {
  return plan.outputs.length === 0 ? [] : [`\noutputs that change: ${plan.outputs.join(', ')}`];
}
