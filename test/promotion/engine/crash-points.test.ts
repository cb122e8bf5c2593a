import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clusters } from '../../../promotion/rehearse/clusters';
import { rehearse } from '../../../promotion/rehearse/rehearse';
import { serverFolders } from '../../../promotion/rehearse/servers';
import { scratch } from '../../support/scratch';
import { points } from './support/points';
import { templates, testEngine, withServers } from './support/servers';

const { copy: COPY, change: CHANGE } = points;
/** On the way back not before each act as well: that is after the one before it, and the way there has tried both. */
const BACK = CHANGE.filter((point) => !point.endsWith('.before'));

let clusters: Clusters;

beforeAll(async () => {
  if (serverFolders().length === 0) return;
  clusters = await templates();
}, 120_000);

withServers()(
  'killed at every point of the copy, a cutover and the way back, it goes on each time and loses nothing',
  async () => {
    const crashes = join(scratch(), 'crashes');
    const left: string[][] = [];
    const before = (phase: number): Promise<void> => {
      if (phase > 0) left.push(readFileSync(crashes, 'utf8').split('\n').filter(Boolean));
      writeFileSync(crashes, ([COPY, CHANGE, BACK][phase] ?? []).join('\n'));
      return Promise.resolve();
    };
    // Every table's keys after its rows, as it is done with large ones.
    const settings = { largeTableBytes: 0 };
    const { report, wrong } = await rehearse({
      rows: 400,
      cutovers: 2,
      kills: 0,
      seed: 1,
      clusters,
      trial: { settings, before, attempts: 60, engine: { program: testEngine, env: { TEST_CRASHES: crashes } } },
    });
    expect(wrong).toEqual([]);
    expect(report).toMatchObject({ lost: 0, duplicated: 0, ended: 'promoted' });
    expect(report.acknowledged).toBeGreaterThan(50);
    // The servers go on copying by themselves, and what an index was made for is there when the engine comes back: the shards' test kills there.
    expect(left[0]?.filter((point) => !['copied.before', 'copied.acted', 'indexed.acted'].includes(point))).toEqual([]);
    expect(left.slice(1)).toEqual([[], []]);
  },
  480_000,
);
