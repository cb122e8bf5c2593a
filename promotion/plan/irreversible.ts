import type { Irreversible } from '../types';
import { resizedForGood } from '../../components/change';
import type { PlanInput } from './input';
import { layerEnds } from './layers';
import { dataMoves, isOnline } from './moves';

/** What cannot be undone, in the order in which it comes. */
export function irreversibleOf(input: PlanInput): readonly Irreversible[] {
  const moves = dataMoves(input);
  return [
    ...resizedForGood(input.changes).map(({ id }): Irreversible => ({
      what: `${id} is resized by the provider`,
      from: 'migrate',
      why: 'It cannot be made smaller again, so that the environment cannot return to what it was. --reversible moves it instead.',
    })),
    ...moves
      .filter(({ method }) => method === 'dump')
      .map(({ change: { id } }): Irreversible => ({
        what: `${id} is dumped and restored`,
        from: 'cutover',
        why: 'Nothing flows back to the old side: what is written after the window is only in the new one.',
      })),
    ...moves
      .filter(({ method }) => method === 'logical-replication-shards')
      .map(({ change: { id } }): Irreversible => ({
        what: `${id} is cut into shards by ${input.facts.shardKey ?? 'a key'}`,
        from: 'contract',
        why: 'Rows, ids and queries follow the shard key from then on; to join the shards again is a promotion of its own.',
      })),
    ...(input.platform === input.environment.platform
      ? []
      : [
          {
            what: 'the name servers of the domain change',
            from: 'cutover',
            why: 'Resolvers keep the old ones for up to two days, and the new ones as long after a change back.',
          } satisfies Irreversible,
        ]),
    ...layerEnds(input),
    ended(moves.some(isOnline)),
  ];
}

function ended(replicated: boolean): Irreversible {
  if (replicated)
    return {
      what: 'the way back without a loss ends',
      from: 'contract',
      why: 'The reverse replication is dropped and the old side is forgotten: after that the way back is a restore.',
    };
  return { what: 'the old servers go', from: 'contract', why: 'To go back is then a promotion of its own, in the other direction.' };
}
