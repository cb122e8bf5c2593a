import type { PlannedPause } from '../types';
import { database, others, pause } from './constants';
import { resizedForGood } from '../../components/change';
import type { PlanInput } from './input';
import { isRelational } from '../../components/component';
import { type DataMove, dataMoves, isOnline } from './moves';

/** How long writes stand still, as far as it is ours to say. */
export function pauseOf(input: Pick<PlanInput, 'changes' | 'facts' | 'environment' | 'platform'>): PlannedPause {
  const moves = dataMoves(input).filter(({ change }) => isRelational(change.after));
  const dumped = moves.filter(({ method }) => method === 'dump');
  if (dumped.length > 0) return windowed(dumped);
  const online = moves.filter(isOnline);
  const resized = resizedForGood(input.changes);
  if (online.length === 0)
    return resized.length === 0
      ? { typicalMs: 0, worstMs: 0, note: 'No data are moved: writes go on.' }
      : providers(resized.map(({ id }) => id));
  const extra = distance(input) + Math.max(0, ...online.map(({ shards }) => (shards > 2 ? pause.shards.value : 0)));
  return {
    typicalMs: pause.typical.value + extra,
    worstMs: pause.worst.value + extra,
    note: sentence(
      online,
      resized.map(({ id }) => id),
    ),
  };
}

/** Round trips within the window; within one region they are in the measured figure. */
function distance({ environment, platform, facts }: Pick<PlanInput, 'environment' | 'platform' | 'facts'>): number {
  const trip = facts.roundTripMs ?? (environment.platform === platform ? 0 : others.crossCloudMs.value);
  return Math.round(trip * pause.roundTrips.value);
}

function windowed(dumped: readonly DataMove[]): PlannedPause {
  const ms = Math.round(
    dumped.reduce((sum, { gb }) => sum + gb * database.dumpSecondsPerGb.value + database.dumpAnalyzeSeconds.value, 0) * 1000,
  );
  return {
    typicalMs: ms,
    worstMs: null,
    note: `A maintenance window: ${dumped.map(({ change }) => change.id).join(', ')} is dumped and restored while nothing writes. The worst case depends on both servers.`,
  };
}

function providers(ids: readonly string[]): PlannedPause {
  return {
    typicalMs: null,
    worstMs: null,
    note: `The pause is the provider's: it resizes ${ids.join(' and ')} and says no figure. With --reversible data are moved instead, with a pause under a second.`,
  };
}

function sentence(online: readonly DataMove[], resized: readonly string[]): string {
  const moved = `Writes to ${online.map(({ change }) => change.id).join(', ')} stand still between fence and open; nobody sees an error where a pooler stands before it.`;
  return resized.length === 0
    ? moved
    : `${moved} Besides, the provider pauses ${resized.join(' and ')} while it resizes, for a time that it does not say.`;
}
