import { recordedTierAddress } from '../../graph/component';
import type { StackChange } from '../change';
import type { Finding } from '../types';
import { finding } from './findings';
import { keptChanges } from './subject';

/** What the state remembers of the environment; see stacks/tier-stack.ts. */
export const recordedTier = recordedTierAddress;
export const recordedGenerations = 'terraform_data.recorded_generations';

/** What an environment file says and only promotion may change, and `disposable`, which lifts every protection. */
export function recordedFindings(change: StackChange): readonly Finding[] {
  return change.changes.flatMap(({ address, action, component, because, before, after }) => {
    if (address !== recordedTier && address !== recordedGenerations) return [];
    const subject = { address, component };
    const [id, what] =
      address === recordedTier ? (['guard/recorded-tier', 'tier'] as const) : (['guard/recorded-generations', 'generations'] as const);
    if (action === 'delete' || action === 'forget')
      return [
        finding(
          id,
          subject,
          `The environment's ${what} is no longer recorded.`,
          'Without the record nothing refuses another tier, or the destruction of the environment.',
        ),
      ];
    if (action === 'replace' || because.length > 0)
      return [
        finding(
          id,
          subject,
          `The environment's ${what} is changed by hand.`,
          'The resources of the old one would be deleted with their data; the state refuses it as long as the record is protected.',
        ),
      ];
    return before?.lifecycle?.preventDestroy === true &&
      after?.configured !== undefined &&
      after.lifecycle?.preventDestroy !== true &&
      address === recordedTier
      ? [disposable(change, subject)]
      : [];
  });
}

function disposable(change: StackChange, subject: { readonly address: string; readonly component: string }): Finding {
  const lifted = liftedBy(change);
  return finding(
    'guard/disposable',
    subject,
    'The environment is made disposable: it may be destroyed with everything in it.',
    `prevent_destroy is lifted from ${lifted.length} resources, and nothing refuses \`terrace destroy\`.`,
    { protects: lifted },
  );
}

/** Addresses that lose their `prevent_destroy` and stay. */
export function liftedBy(change: StackChange): readonly string[] {
  return keptChanges(change)
    .filter(
      ({ before, after }) =>
        before.lifecycle?.preventDestroy === true && after.configured !== undefined && after.lifecycle?.preventDestroy !== true,
    )
    .map(({ address }) => address);
}
