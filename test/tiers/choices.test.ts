import { ladder, tier } from '../../tiers';
import { chosen, ladderOf, tierOf } from '../../tiers/choices';

const databaseOf = (engine?: 'shards' | 'aurora-dsql') =>
  tierOf('tier6', engine === undefined ? {} : { database: { engine } }).components.find(({ id }) => id === 'database');

test('an environment that names no engine keeps the shards of the tier below, exactly as they are there', () => {
  expect(databaseOf()).toBe(tier('tier5').components.find(({ id }) => id === 'database'));
  expect(databaseOf('shards')).toBe(databaseOf());
});

test('one that names an engine has it', () => {
  expect(databaseOf('aurora-dsql')).toMatchObject({ kind: 'distributed-database', engine: 'aurora-dsql', regions: 1 });
});

test('storage that AWS has agreed to belongs to distributed SQL, and to nothing else', () => {
  const database = { engine: 'aurora-dsql', storageTib: 100 } as const;
  expect(tierOf('tier6', { database }).components.find(({ id }) => id === 'database')).toMatchObject({ storageTib: 100 });
  expect(databaseOf('aurora-dsql')).not.toHaveProperty('storageTib');
});

test('tiers that leave no choice are what they are', () => {
  for (const each of ladder.slice(0, 5)) expect(chosen(each, { database: { engine: 'aurora-dsql' } })).toEqual(each);
  expect(ladderOf({}).map(({ id }) => id)).toEqual(ladder.map(({ id }) => id));
});
