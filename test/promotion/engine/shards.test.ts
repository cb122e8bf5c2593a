import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clusters } from '../../../promotion/rehearse/clusters';
import { rehearse } from '../../../promotion/rehearse/rehearse';
import { serverFolders } from '../../../promotion/rehearse/servers';
import { scratch } from '../../support/scratch';
import { points } from './support/points';
import { templates, testEngine, withServers } from './support/servers';

let clusters: Clusters;

beforeAll(async () => {
  if (serverFolders().length > 0) clusters = await templates();
}, 120_000);

/** After each act on the way there, which is before the next one, and around the opening of the second server; within the acts on the way back, and around its commit point. */
const PHASES = [
  ['copied.acted', 'indexed.acted'],
  [...points.change.filter((point) => point.endsWith('.acted')), ...points.shards],
  [...points.change.filter((point) => !/\.(before|acted)$/.test(point)), 'opened.before', 'opened.acted'],
];

withServers()(
  'one server to two shards and back, killed at every point of a change of sides: nothing is lost and nothing is there twice',
  async () => {
    const crashes = join(scratch(), 'crashes');
    const left: string[] = [];
    const before = (phase: number): Promise<void> => {
      if (phase > 0) left.push(readFileSync(crashes, 'utf8'));
      writeFileSync(crashes, (PHASES[phase] ?? []).join('\n'));
      return Promise.resolve();
    };
    const { report, wrong } = await rehearse({
      rows: 400,
      cutovers: 2,
      kills: 0,
      seed: 1,
      shards: 2,
      clusters,
      trial: { before, attempts: 60, engine: { program: testEngine, env: { TEST_CRASHES: crashes } } },
    });
    expect(wrong).toEqual([]);
    expect(report).toMatchObject({ lost: 0, duplicated: 0, ended: 'promoted' });
    expect(report.acknowledged).toBeGreaterThan(50);
    expect(left).toEqual(['', '', '']);
  },
  240_000,
);
