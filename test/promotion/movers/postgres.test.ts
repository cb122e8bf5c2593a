import { moverOf } from '../../../promotion/movers/mover-of';
import { move } from '../../../promotion/movers/move';
import type { Clusters } from '../../../promotion/rehearse/clusters';
import { serverFolders } from '../../../promotion/rehearse/servers';
import { openPair } from '../engine/support/pair';
import { templates, withServers } from '../engine/support/servers';

let clusters: Clusters;

beforeAll(async () => {
  if (serverFolders().length > 0) clusters = await templates();
}, 120_000);

withServers()(
  'a database is moved by the parts that all movers have: there, back, and given up',
  async () => {
    const pair = await openPair(clusters);
    try {
      const mover = moverOf({ kind: 'postgres', ...pair.settings });
      expect(mover).toMatchObject({ id: 'test', method: 'logical-replication' });
      expect(await mover.preflight()).toEqual([]);
      expect(await move(mover, { open: 'target', untilReady: true })).toEqual({ open: 'source', waiting: true });
      expect(await mover.standing()).toMatchObject({ open: 'source', state: 'indexed', reversible: { yes: true } });
      expect(await mover.verify()).toEqual([]);
      const steps: string[] = [];
      expect(await move(mover, { open: 'target' }, (step) => steps.push(step))).toEqual({ open: 'target', waiting: false });
      expect(steps).toEqual(['copy', 'catch-up', 'cut over', 'verify']);
      await pair.sql('target', 'insert into public.carts values (5, 5)');
      expect(await move(mover, { open: 'source' })).toEqual({ open: 'source', waiting: false });
      expect(await pair.sql('source', 'select count(*)::int from public.carts where writer = 5')).toBe(1);
      await mover.cleanUp();
      expect(await mover.standing()).toMatchObject({ state: 'not begun', open: 'source' });
      expect(await pair.sql('source', 'select count(*)::int from pg_replication_slots')).toBe(0);
    } finally {
      await pair.end();
    }
  },
  120_000,
);

withServers()(
  'what forbids the move is told by the same part',
  async () => {
    const pair = await openPair(clusters);
    try {
      await pair.sql('target', 'create table public.mine (x int primary key)');
      const mover = moverOf({ kind: 'postgres', ...pair.settings });
      expect((await mover.preflight()).map(({ code }) => code)).toEqual(['PROMOTION_TARGET_NOT_EMPTY']);
      await expect(move(mover, { open: 'target' })).rejects.toMatchObject({ code: 'PROMOTION_BLOCKED' });
    } finally {
      await pair.end();
    }
  },
  180_000,
);
