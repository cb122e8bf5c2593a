import { refuseBlocked } from '../movers/move';
import type { Mover } from '../types';
import { info } from './info';
import { type CacheSettings, cacheRoute, withBoth } from './mover';
import { sameCache } from './preflight';

/** A cache that fills itself: nothing is moved, the app is led to the new server, and reads reach the database until it is warm. */
export function rewarmMover(settings: CacheSettings): Mover {
  const route = cacheRoute(settings);
  const open = async (): Promise<'source' | 'target'> => (await route.points()) ?? 'source';
  const mover: Mover = {
    id: settings.id,
    method: 'rewarm',
    preflight: () => withBoth(settings, async ({ source, target }) => sameCache(await info(source), await info(target))),
    copy: () => refuseBlocked(mover),
    catchUp: async () => undefined,
    cutOver: async () => void (await route.point('target')),
    verify: async () => [],
    reverse: async () => void (await route.point('source')),
    cleanUp: async () => undefined,
    standing: async () => ({
      open: await open(),
      state: (await open()) === 'target' ? 'led there' : 'not begun',
      verified: true,
      reversible: { yes: true, because: 'what a cache holds can be lost; either one fills itself' },
    }),
  };
  return mover;
}
