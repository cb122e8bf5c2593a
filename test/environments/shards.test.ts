import { checkEnvironment } from '../../environments/check';
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
