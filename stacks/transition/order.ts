import type { Stage } from './stage';

/**
 * What a tier's further layers are to a promotion.
 *
 * - `serves`: requests go to its clusters. The same outside of a promotion.
 * - `waits`: the target's, before requests go there. Nobody waits until its app answers: its database may not let it in yet.
 * - `rests`: the old one's, after they went.
 * - `leaves`: everything in it goes, before the clusters that it runs in.
 */
export type LayerRole = 'serves' | 'waits' | 'rests' | 'leaves';

/** What the layers of both sides are in each configuration. */
export const roles: Readonly<Record<Stage, { readonly old: LayerRole; readonly new: LayerRole }>> = {
  expanded: { old: 'serves', new: 'waits' },
  resized: { old: 'serves', new: 'waits' },
  switched: { old: 'rests', new: 'serves' },
  contracted: { old: 'leaves', new: 'serves' },
  returned: { old: 'serves', new: 'leaves' },
};

/** Stacks of a promotion. */
export interface Stacks<Stack> {
  /** The one that both tiers have. */
  readonly platform: Stack;
  /** Further layers of each side, in the order of a deploy. */
  readonly old: readonly Stack[];
  readonly new: readonly Stack[];
}

/**
 * The order in which they are deployed: clusters before what runs in them; what runs in the new ones before requests go there; and
 * what leaves before its clusters, the last layer first.
 */
export function deployOrder<Stack>(stage: Stage, { platform, old, new: next }: Stacks<Stack>): readonly Stack[] {
  if (stage === 'switched') return [...next, platform, ...old];
  if (stage === 'contracted') return [...old.toReversed(), platform, ...next];
  return stage === 'returned' ? [...next.toReversed(), platform, ...old] : [platform, ...old, ...next];
}
