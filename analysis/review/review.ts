import type { Choices } from '../../tiers/choices';
import type { LoadInput } from '../capacity';
import { type ChangeCounts, countsOf, type StackChange } from './change';
import { type CapacityDelta, capacityDelta, type CostDelta, costDelta } from './deltas';
import { inOrder } from './guard';
import type { StackInput } from './pairing';
import { ownWaivers } from './rules/waivers';
import { ruleFindings } from './run-rules';
import { guardStack } from './stack-change';
import type { Finding, Rule, RuleContext, Severity, Verdict, Waiver, Way } from './types';
import { withWaivers } from './waivers';

/** What is reviewed. */
export interface ReviewInput {
  readonly stacks: readonly StackInput[];
  /** The day on which waivers are judged, `2026-11-21`. */
  readonly today: string;
  readonly rules: readonly Rule[];
  /** What rules know of the environment. */
  readonly context?: RuleContext;
  /** @default - the load that the tier is for */
  readonly load?: LoadInput;
  /** Services beside the app, whose pods count on both sides, as the load does. @default - none */
  readonly services?: Choices['services'];
  /** What it may cost a month, in US dollars. */
  readonly budget?: string;
  /** Where the change leads to another tier or platform. */
  readonly way?: Way;
}

/** Everything that is to be said of a change. Data only: writers make pages of it. */
export interface Review {
  readonly verdict: Verdict;
  /** The worst first; what is waived stands after what is not. */
  readonly findings: readonly Finding[];
  readonly waivers: readonly Waiver[];
  readonly counts: ChangeCounts;
  readonly stacks: readonly StackChange[];
  readonly cost: CostDelta;
  readonly capacity?: CapacityDelta;
  readonly budget?: string;
  readonly today: string;
  readonly environment?: string;
  readonly way?: Way;
}

/** Reviews a change. Pure: the same input gives the same review. */
export function review(input: ReviewInput): Review {
  const guarded = input.stacks.map((stack) => ({ stack, ...guardStack(stack) }));
  const several = guarded.length > 1;
  const judged = guarded.map(({ stack, change, findings }) => {
    const all = [...findings, ...(change.after === undefined ? [] : ruleFindings(input.rules, change.after, change.before, input.context))];
    const waived = withWaivers(all, [...(change.factsAfter?.waivers ?? []), ...ownWaivers(all, change.after)], input.today, stack.stack);
    return { ...waived, findings: several ? waived.findings.map((one) => ({ ...one, stack: stack.stack })) : waived.findings };
  });
  const stacks = guarded.map(({ change }) => change);
  const findings = unwaivedFirst(judged.flatMap((one) => one.findings));
  const capacity = capacityDelta(stacks, input.load, input.services);
  return {
    verdict: verdictOf(findings),
    findings,
    waivers: judged.flatMap(({ accepted }) => accepted),
    counts: countsOf(stacks.flatMap(({ changes }) => changes)),
    stacks,
    cost: costDelta(stacks, input.load),
    ...(capacity === undefined ? {} : { capacity }),
    ...(input.budget === undefined ? {} : { budget: input.budget }),
    today: input.today,
    ...(input.context === undefined ? {} : { environment: input.context.environment }),
    ...(input.way === undefined ? {} : { way: input.way }),
  };
}

function unwaivedFirst(findings: readonly Finding[]): readonly Finding[] {
  const sorted = inOrder(findings);
  return [...sorted.filter(counts), ...sorted.filter((one) => !counts(one))];
}

/** Whether a finding counts for the verdict: not when it is waived, nor when it was so before. */
export function counts({ waived, existing }: Finding): boolean {
  return waived === undefined && existing !== true;
}

/** An unwaived high finding makes a change dangerous, a medium one wants attention. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const severities = new Set<Severity>(findings.filter(counts).map(({ severity }) => severity));
  if (severities.has('high')) return 'dangerous';
  return severities.has('medium') ? 'attention' : 'safe';
}
