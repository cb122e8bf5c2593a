import type { ResourceGraph } from '../graph';
import type { Breach, Finding, Rule, RuleContext } from './types';

/** Rules over what will be. What was broken before already is told as such, and does not count. */
export function ruleFindings(
  rules: readonly Rule[],
  graph: ResourceGraph,
  before: ResourceGraph | undefined,
  context: RuleContext | undefined,
): readonly Finding[] {
  const more = context === undefined ? {} : { context };
  return rules.flatMap((rule) => {
    const old =
      before === undefined
        ? new Set<string>()
        : new Set(breachesOf(rule, { graph: before, ...more }).flatMap(({ address }) => [address, kinOf(address, before)]));
    return breachesOf(rule, { graph, ...(before === undefined ? {} : { before }), ...more }).map((breach) =>
      toFinding(rule, breach, graph, old),
    );
  });
}

/** One more server like those that are there breaks no rule anew: its component and type stand for it. */
function kinOf(address: string, graph: ResourceGraph): string {
  const node = graph.get(address);
  return node === undefined ? address : JSON.stringify([node.component, node.type]);
}

/** A rule that fails says nothing about the change, and must not stop the others. */
function breachesOf(rule: Rule, input: Parameters<Rule['breaches']>[0]): readonly Breach[] {
  try {
    return rule.breaches(input);
  } catch (error) {
    return [
      {
        address: `rule ${rule.id}`,
        summary: `The rule ${rule.id} failed.`,
        detail: error instanceof Error ? error.name : 'It threw something that is no error.',
      },
    ];
  }
}

function toFinding(rule: Rule, { address, summary, detail }: Breach, graph: ResourceGraph, old: ReadonlySet<string>): Finding {
  return {
    id: rule.id,
    severity: rule.severity,
    address,
    component: graph.get(address)?.component ?? address,
    summary: summary ?? rule.summary,
    detail: detail ?? rule.why,
    remedy: rule.remedy,
    ...(old.has(address) || old.has(kinOf(address, graph)) ? { existing: true } : {}),
  };
}
