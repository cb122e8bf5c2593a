import type { CdkTfJson } from '../graph';
import { factsOf } from './configuration';

/** What is reviewed together: one stack before and after, and the plan made for it. */
export interface StackInput {
  readonly stack: string;
  /** The configuration on the base branch; absent for a new stack. */
  readonly base?: CdkTfJson;
  /** The configuration on the branch that is reviewed; absent for a stack that is no more. */
  readonly head?: CdkTfJson;
  /** What `terraform show -json PLANFILE` prints. */
  readonly plan?: unknown;
}

/** Stacks by name, as they lie in folders. */
export type Stacks = Readonly<Record<string, CdkTfJson>>;

/**
 * Which stack becomes which. Those of tiers that the environment is not at refuse to be deployed and are left out. The rest are
 * paired by name; what is left over on both sides by the place of its state: that is an environment whose tier was changed.
 */
export function pairStacks(base: Stacks, head: Stacks): readonly StackInput[] {
  const [was, is] = [deployable(base), deployable(head)];
  const same = is
    .filter(([name]) => was.some(([other]) => other === name))
    .map(([name, json]) => ({ stack: name, base: base[name] as CdkTfJson, head: json }));
  const [gone, come] = [without(was, same), without(is, same)];
  const followed = gone.flatMap(([name, json]) => {
    const next = come.find(([, other]) => backend(other) !== undefined && backend(other) === backend(json));
    return next === undefined ? [] : [{ from: name, stack: next[0], base: json, head: next[1] }];
  });
  return [
    ...same,
    ...followed.map(({ stack, base: before, head: after }) => ({ stack, base: before, head: after })),
    ...gone.filter(([name]) => !followed.some(({ from }) => from === name)).map(([stack, json]) => ({ stack, base: json })),
    ...come.filter(([name]) => !followed.some(({ stack }) => stack === name)).map(([stack, json]) => ({ stack, head: json })),
  ];
}

type Named = readonly (readonly [string, CdkTfJson])[];

/** Where all are locked, which synthesis never leaves, all are looked at. */
function deployable(stacks: Stacks): Named {
  const all = Object.entries(stacks);
  const open = all.filter(([, json]) => !factsOf(json).locked);
  return open.length > 0 ? open : all;
}

function without(stacks: Named, paired: readonly StackInput[]): Named {
  return stacks.filter(([name]) => !paired.some(({ stack }) => stack === name));
}

function backend(json: CdkTfJson): string | undefined {
  return factsOf(json).backend;
}
