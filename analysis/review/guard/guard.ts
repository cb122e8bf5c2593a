import { byText } from '../../graph/order';
import type { StackChange } from '../change';
import type { Finding } from '../types';
import { exposedFindings, helperFindings } from './exposed';
import { goneFindings } from './gone';
import { loweredFindings } from './lowered';
import { providerFindings } from './providers';
import { recordedFindings } from './recorded';
import { goingFindings, partedByRegion, regionFindings } from './regions';
import { stackFindings } from './stack';

/**
 * What endangers data in a change: everything that holds data and is deleted, replaced, forgotten, emptied, unprotected, moved
 * without a word, shrunk or made public. Review and promotion ask the same function.
 * @returns findings, the worst first; one for each id and address
 */
export function guard(change: StackChange): readonly Finding[] {
  const parted = partedByRegion(change);
  const found = [
    ...goneFindings(parted.rest),
    ...goingFindings(parted),
    ...recordedFindings(change),
    ...regionFindings(change),
    ...loweredFindings(change),
    ...exposedFindings(change),
    ...helperFindings(parted.rest),
    ...providerFindings(change),
    ...stackFindings(change),
  ];
  return inOrder(found);
}

const weights = { high: 0, medium: 1, low: 2 } as const;

/** The worst first, then by address and id; what says the same once. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const once = [...new Map(findings.map((one) => [JSON.stringify([one.stack, one.id, one.address, one.summary]), one])).values()];
  return [...once].sort(
    (a, b) =>
      weights[a.severity] - weights[b.severity] || byText<Finding>((one) => one.address)(a, b) || byText<Finding>((one) => one.id)(a, b),
  );
}
