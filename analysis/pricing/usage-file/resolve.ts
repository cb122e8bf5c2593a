import type { ResourceGraph, ResourceNode } from '../../graph/types';
import type { Usage, UsageFigure, UsageQuantities } from '../usage';
import type { UsageKey } from '../usage-keys';
import type { UsageFile, UsageRule } from './types';

/** A usage file that says nothing. */
export const noUsageFile: UsageFile = { rules: [], components: {}, total: {}, llm: [], ignored: [] };

/** The figures of a file for the resources of a graph, and what in it fits none of them. */
export interface ResolvedUsage {
  readonly usage: Usage;
  readonly unmatched: readonly string[];
}

/** Gives each resource its figures: those of its own address before those of an address with `*`, these before those of its type. */
export function resolveUsage(file: UsageFile, graph: ResourceGraph): ResolvedUsage {
  const matched = new Set<UsageRule>();
  const index = indexOf(file.rules);
  const resources = graph.resources.flatMap((node) => {
    const rules = rulesFor(node, index);
    for (const rule of rules) matched.add(rule);
    return rules.length === 0 ? [] : [[node.address, quantities(rules)] as const];
  });
  return {
    usage: { resources: Object.fromEntries(resources), components: file.components, total: file.total },
    unmatched: file.rules
      .filter((rule) => !matched.has(rule))
      .map(
        (rule) =>
          `${rule.where}  ${'type' in rule.scope ? `there is no ${rule.scope.type}` : `${rule.scope.address} is no resource`} in what is estimated.`,
      ),
  };
}

interface Rules {
  readonly byType: ReadonlyMap<string, readonly UsageRule[]>;
  readonly byAddress: ReadonlyMap<string, readonly UsageRule[]>;
  readonly wild: readonly { readonly rule: UsageRule; readonly parts: readonly string[] }[];
}

function indexOf(rules: readonly UsageRule[]): Rules {
  const byType = new Map<string, UsageRule[]>();
  const byAddress = new Map<string, UsageRule[]>();
  const wild: { rule: UsageRule; parts: readonly string[] }[] = [];
  for (const rule of rules) {
    if ('type' in rule.scope) byType.set(rule.scope.type, [...(byType.get(rule.scope.type) ?? []), rule]);
    else if (rule.scope.address.includes('*')) wild.push({ rule, parts: rule.scope.address.split(/\*+/) });
    else byAddress.set(rule.scope.address, [...(byAddress.get(rule.scope.address) ?? []), rule]);
  }
  return { byType, byAddress, wild };
}

/** Whether the parts stand in a text in their order, with any text between them. Linear, whatever the address is. */
function fits(text: string, parts: readonly string[]): boolean {
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= text.length - last.length;
}

/** From the general to the particular, so that the last one counts. */
function rulesFor(node: ResourceNode, { byType, byAddress, wild }: Rules): readonly UsageRule[] {
  return [
    ...(byType.get(node.type) ?? []),
    ...wild.filter(({ parts }) => fits(node.address, parts)).map(({ rule }) => rule),
    ...(byAddress.get(node.address) ?? []),
  ];
}

function quantities(rules: readonly UsageRule[]): UsageQuantities {
  return Object.fromEntries(rules.map(({ key, figure }): [UsageKey, UsageFigure] => [key, figure]));
}

/** Usage of two sources: where both have a figure, that of the first counts. */
export function joinUsage(first: Usage, second: Usage): Usage {
  return {
    resources: joinScopes(first.resources, second.resources),
    components: joinScopes(first.components, second.components),
    total: { ...second.total, ...first.total },
  };
}

type Scopes = Readonly<Record<string, UsageQuantities>>;

function joinScopes(first: Scopes = {}, second: Scopes = {}): Scopes {
  const names = [...new Set([...Object.keys(second), ...Object.keys(first)])];
  return Object.fromEntries(names.map((name) => [name, { ...second[name], ...first[name] }]));
}
