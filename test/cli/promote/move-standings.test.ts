import { moveLine, moveStandings } from '../../../cli/promote/move-standings';
import type { Mover, MoveStanding } from '../../../promotion/types';
import { TerraceError } from '../../../values/errors';

const copied: MoveStanding = {
  open: 'source',
  state: 'copied',
  verified: false,
  reversible: { yes: true, because: 'writes never left the old side' },
};

function mover(id: string, method: Mover['method'], standing: () => Promise<MoveStanding>): Mover {
  return { id, method, standing } as unknown as Mover;
}

test('what moves beside the database is told, and one that does not answer keeps nobody from the rest', async () => {
  const told = await moveStandings([
    mover('database', 'logical-replication', () => Promise.reject(new Error('the engine tells of it'))),
    mover('storage', 'object-copy', () => Promise.resolve(copied)),
    mover('cache', 'cache-replication', () =>
      Promise.reject(new TerraceError('PROMOTION_SERVER_REFUSED', 'The old cache does not answer.')),
    ),
  ]);
  expect(told).toEqual([
    { id: 'storage', method: 'object-copy', standing: copied },
    { id: 'cache', method: 'cache-replication', unanswered: 'The old cache does not answer.' },
  ]);
  expect(told.map(moveLine)).toEqual([
    'storage (object-copy): copied. Writes belong to the old side. The way back is open: yes, writes never left the old side.',
    'cache (cache-replication): nobody can say where it stands. The old cache does not answer.',
  ]);
});
