import { acting } from '../engine/step';
import { refuseBlocked } from '../movers/move';
import type { Mover } from '../types';
import { info } from './info';
import { type CacheOptions, type CacheSettings, cacheRoute, withBoth } from './mover';
import { sameCache } from './preflight';

/** A cache that fills itself: nothing is moved, the app is led to the new server, and reads reach the database until it is warm. */
export function rewarmMover(settings: CacheSettings, { reach }: CacheOptions = {}): Mover {
  const [route, act] = [cacheRoute(settings), acting(reach)];
  const open = async (): Promise<'source' | 'target'> => (await route.points()) ?? 'source';
  const mover: Mover = {
    id: settings.id,
    method: 'rewarm',
    preflight: () => withBoth(settings, async ({ source, target }) => sameCache(await info(source), await info(target))),
    copy: () => refuseBlocked(mover),
    catchUp: async () => undefined,
    cutOver: () => act('routed', async () => void (await route.point('target'))),
    verify: async () => [],
    reverse: () => act('routed', async () => void (await route.point('source'))),
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
