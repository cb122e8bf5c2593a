import { checkEnvironment } from '../../environments/check';
import { warningsFor } from '../../environments/warnings';
import { sampleEnvironment } from '../support/environments';

const checked = (shards: unknown) => checkEnvironment({ ...sampleEnvironment(), database: { shards } });

test('shards are named from the first on without a gap', () => {
  expect(checked({ 'shard-1': ['0-1023'], 'shard-2': [] })).toMatchObject({
    environment: { database: { engine: 'shards', shards: { 'shard-1': ['0-1023'], 'shard-2': [] } } },
  });
  expect(checked({ 'shard-1': ['0-1023'], 'shard-3': [] })).toMatchObject({
    findings: [
      {
        code: 'ENVIRONMENT_SHARDS',
        message: 'database.shards names shard-1, shard-3. Allowed: shard-1 and every one after it without a gap, as many as there are.',
      },
    ],
  });
  expect(checked({})).toMatchObject({ findings: [{ code: 'ENVIRONMENT_SHARDS' }] });
});

test('names and ranges have one form', () => {
  expect(checked({ 'shard-01': ['0-9'], 'shard-1': ['9-', 5] })).toMatchObject({
    findings: expect.arrayContaining([
      expect.objectContaining({ message: expect.stringContaining('shard- and a number') as unknown }),
      expect.objectContaining({ message: 'database.shards.shard-1[0] is "9-". Allowed: a range of buckets, like 0-255.' }),
    ]) as unknown,
  });
});

test('a storage quota is for distributed SQL, within what AWS gives and raises, and is said to be asked for by hand', () => {
  const asked = (database: object) =>
    checkEnvironment({ ...sampleEnvironment(), platform: 'aws', region: 'us-east-1', tier: 'tier6', database });
  expect(asked({ engine: 'aurora-dsql', storageTib: 10 })).toHaveProperty('environment');
  expect(asked({ storageTib: 100 })).toMatchObject({
    findings: [
      {
        code: 'ENVIRONMENT_STORAGE_QUOTA',
        message: 'database.storageTib is 100, a quota that only database.engine aurora-dsql has. Remove it.',
      },
    ],
  });
  expect(asked({ engine: 'aurora-dsql', storageTib: 300 })).toMatchObject({
    findings: [{ message: 'database.storageTib is 300. Allowed: a whole number from 10 to 256.' }],
  });
  const warned = (storageTib: number) => warningsFor({ ...sampleEnvironment(), database: { engine: 'aurora-dsql', storageTib } });
  expect(warned(10)).toEqual([]);
  expect(warned(100).join()).toContain('an account has 10: ask AWS for the rest');
});
