import { graphFromSynthesis, type ResourceNode } from '../graph';
import { changesBetween, changesInPlan, type PlanChanges, type Side, type StackChange } from './change';
import { factsOf, replacementTriggers } from './configuration';
import { guard, inOrder } from './guard';
import type { StackInput } from './pairing';
import type { Finding } from './types';

/** What happens to a stack, and what of it endangers data. */
export interface GuardedChange {
  readonly change: StackChange;
  readonly findings: readonly Finding[];
}

/**
 * Compares two configurations, reads a plan, or does both: then the plan says what happens to each resource, and the
 * configurations tell what no plan shows. The entry for promotion, which asks before every apply.
 * @throws TerraceError for documents that are not what they should be
 */
export function guardStack(input: StackInput): GuardedChange {
  const synthesized = input.base === undefined && input.head === undefined ? undefined : bySynthesis(input);
  const plan = input.plan === undefined ? undefined : changesInPlan(input.plan);
  if (plan === undefined) {
    const change = synthesized ?? bySynthesis(input);
    return { change, findings: guard(change) };
  }
  const planned = informed(byPlan(input.stack, plan), synthesized);
  const findings = [...guard(planned), ...planFindings(plan, synthesized, input.stack)];
  if (synthesized === undefined) return { change: planned, findings: inOrder(findings) };
  return {
    change: joined(planned, synthesized),
    findings: inOrder([...findings, ...unseenBy(plan, guard({ ...synthesized, planned: true }))]),
  };
}

function bySynthesis({ stack, base, head }: StackInput): StackChange {
  const before = base === undefined ? undefined : sideOf(base);
  const after = head === undefined ? undefined : sideOf(head);
  return {
    stack,
    changes: after === undefined ? [] : changesBetween(before ?? sideOf({}), after),
    ...(before === undefined ? {} : { before: before.graph, factsBefore: before.facts }),
    ...(after === undefined ? {} : { after: after.graph, factsAfter: after.facts }),
    planned: false,
  };
}

function sideOf(json: NonNullable<StackInput['base']>): Side {
  return { graph: graphFromSynthesis(json), facts: factsOf(json), triggers: replacementTriggers(json) };
}

function byPlan(stack: string, { changes, before, after }: PlanChanges): StackChange {
  return { stack, changes, before, after, planned: true };
}

/** What only a configuration says of a resource (`prevent_destroy`, who refers to whom) beside what the plan says of it. */
function informed(planned: StackChange, synthesized: StackChange | undefined): StackChange {
  if (synthesized === undefined) return planned;
  const changes = planned.changes.map((change) => {
    const before = synthesized.before?.get(change.before?.address ?? '');
    const after = synthesized.after?.get(change.address);
    return { ...change, ...lifecycleOf('before', change.before, before), ...lifecycleOf('after', change.after, after) };
  });
  return { ...planned, changes };
}

function lifecycleOf<K extends 'before' | 'after'>(
  side: K,
  planned: ResourceNode | undefined,
  configured: ResourceNode | undefined,
): { readonly [P in K]?: ResourceNode } {
  if (planned === undefined || configured?.lifecycle === undefined) return {};
  return { [side]: { ...planned, lifecycle: configured.lifecycle } } as { readonly [P in K]?: ResourceNode };
}

/** Actions from the plan; graphs and what stands beside the resources from the configurations, which say more. */
function joined(planned: StackChange, synthesized: StackChange): StackChange {
  return {
    ...synthesized,
    changes: planned.changes,
    planned: true,
    ...(synthesized.before === undefined && planned.before !== undefined ? { before: planned.before } : {}),
  };
}

/** What a plan decides better than two configurations: what is deleted and replaced, of every address that it names. */
const decidedByPlan: ReadonlySet<string> = new Set([
  'guard/deleted',
  'guard/replaced',
  'guard/moved',
  'guard/forgotten',
  'guard/server',
  'guard/cache',
]);

function unseenBy({ changes, complete }: PlanChanges, findings: readonly Finding[]): readonly Finding[] {
  const named = new Set(changes.flatMap(({ address, previousAddress }) => [address, previousAddress]));
  return findings.filter(({ id, address }) => !(complete && decidedByPlan.has(id) && named.has(address)));
}

function planFindings({ after, complete }: PlanChanges, synthesized: StackChange | undefined, stack: string): readonly Finding[] {
  const subject = { address: `stack ${stack}`, component: stack };
  const incomplete: readonly Finding[] = complete
    ? []
    : [
        {
          id: 'guard/plan-incomplete',
          severity: 'medium',
          ...subject,
          summary: 'The plan does not show everything that will happen.',
          detail: 'It was made with -target, or ended with an error.',
          remedy: 'Plan without -target, and look at the errors of the plan.',
        },
      ];
  const head = synthesized?.after;
  if (head === undefined) return incomplete;
  const missing = head.resources.filter(
    (node) => !node.unknown.includes('count') && !node.unknown.includes('for_each') && after.get(node.address) === undefined,
  );
  if (missing.length === 0 || !complete) return incomplete;
  return [
    ...incomplete,
    {
      id: 'guard/plan-other',
      severity: 'medium',
      ...subject,
      summary: 'The plan is not of the configuration that is reviewed.',
      detail: `${missing.length} resources of the configuration are not in the plan.`,
      remedy: 'Make the plan anew from the configuration that is reviewed.',
    },
  ];
}
