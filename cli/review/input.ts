import { basename, dirname } from 'node:path';
import { graphFromPlan } from '../../analysis/graph';
import { graphFromSynthesis } from '../../analysis/graph';
import { pairStacks, type StackInput } from '../../analysis/review';
import { pathIn } from '../input/path';
import type { Io } from '../io';
import type { ReviewFlags } from './commands';
import { notAPlan, nothingToReview, oneSideOnly } from './errors';
import { readJson } from './json-file';
import { stacksBelow } from './stacks';

/** What the options name, as pairs of stacks with their plans. */
export function stackInputs(flags: ReviewFlags, io: Io): readonly StackInput[] {
  const files = flags.plan ?? [];
  const names = planNames(files);
  const plans = files.map((file, index) => planAt(pathIn(io, file), file, names[index] ?? file));
  const { base, head } = flags;
  if (base === undefined && head === undefined) {
    if (plans.length === 0) throw nothingToReview();
    return plans.map(({ name, json }) => ({ stack: name, plan: json }));
  }
  if (head === undefined) throw oneSideOnly('--base', '--head');
  if (base === undefined && plans.length === 0) throw oneSideOnly('--head', '--base');
  const after = stacksBelow(pathIn(io, head));
  const pairs =
    base === undefined
      ? Object.entries(after).map(([stack, json]): StackInput => ({ stack, head: json }))
      : pairStacks(stacksBelow(pathIn(io, base)), after);
  return withPlans(pairs, plans);
}

interface Plan {
  readonly name: string;
  readonly json: unknown;
  /** Read only where it has to be told to which of several stacks the plan belongs. */
  readonly addresses: () => ReadonlySet<string>;
}

/** By the file; where several have the same name, as those that Terragrunt writes, by the folder they lie in. */
function planNames(files: readonly string[]): readonly string[] {
  const own = files.map((file) => basename(file).replace(/\.json$/, ''));
  return own.map((name, index) =>
    own.filter((other) => other === name).length === 1 ? name : basename(dirname(files[index] ?? '')) || name,
  );
}

function planAt(path: string, shown: string, name: string): Plan {
  const json = readJson(path);
  if (typeof json === 'object' && json !== null && !Array.isArray(json) && !('planned_values' in json)) {
    if ('values' in json) throw notAPlan(shown, 'a state');
    if ('resource' in json || 'terraform' in json) throw notAPlan(shown, 'a configuration');
  }
  return { name, json, addresses: () => new Set(graphFromPlan(json).resources.map(({ address }) => address)) };
}

/** A plan belongs to the stack with which it shares most addresses. One that shares none is reviewed by itself. */
function withPlans(pairs: readonly StackInput[], plans: readonly Plan[]): readonly StackInput[] {
  const owners = plans.map((plan) => ({ plan, owner: ownerOf(plan, pairs) }));
  const matched = pairs.map((pair) => {
    const plan = owners.find(({ owner }) => owner === pair)?.plan;
    return plan === undefined ? pair : { ...pair, plan: plan.json };
  });
  return [...matched, ...owners.filter(({ owner }) => owner === undefined).map(({ plan }) => ({ stack: plan.name, plan: plan.json }))];
}

function ownerOf(plan: Plan, pairs: readonly StackInput[]): StackInput | undefined {
  if (pairs.length < 2) return pairs[0];
  const addresses = plan.addresses();
  const shared = pairs.map((pair) => ({
    pair,
    count: (pair.head === undefined ? [] : graphFromSynthesis(pair.head).resources).filter(({ address }) => addresses.has(address)).length,
  }));
  const best = shared.reduce<(typeof shared)[number] | undefined>((most, one) => (one.count > (most?.count ?? 0) ? one : most), undefined);
  return best?.pair;
}
