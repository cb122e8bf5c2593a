import type { Clusters } from '../../../promotion/rehearse/clusters';
import { rehearse } from '../../../promotion/rehearse/rehearse';
import { serverFolders } from '../../../promotion/rehearse/servers';
import { soak } from '../../support/soak';
import { templates, withServers } from './support/servers';

/** Another one every time, so that each run looks elsewhere. Repeats a run: TEST_SEED=... npx jest test/promotion/engine/kills */
const SEED = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000);

let clusters: Clusters;

beforeAll(async () => {
  process.stdout.write(`random kills: TEST_SEED=${SEED}\n`);
  if (serverFolders().length > 0) clusters = await templates(2000);
}, 120_000);

describe(`random kills of the engine and of either server, seed ${SEED}`, () => {
  withServers()(
    '15 changes of sides with 18 kills lose nothing, and never are both sides open',
    async () => {
      const { report, wrong } = await rehearse({ rows: 2000, cutovers: 8, kills: 18, seed: SEED, clusters });
      expect({ seed: SEED, wrong }).toEqual({ seed: SEED, wrong: [] });
      expect(report).toMatchObject({ lost: 0, duplicated: 0, ended: 'promoted', seed: SEED });
      // Nine, five and four are planned. One that comes too late for the last change, on a machine that does much else, is not counted.
      expect({ ...report, enough: report.kills >= 15 }).toMatchObject({ seed: SEED, enough: true });
      for (const [victim, times] of Object.entries(report.killed)) expect([SEED, victim, times >= 3]).toEqual([SEED, victim, true]);
    },
    280_000,
  );

  // With kills by the soak. Once, on a machine that did much else, the sides differed after it in three tables; the engine saw it and led writes
  // back. Two faults that end so have been mended since (again.test.ts), and 60 seeds passed; whether it was one of them nobody knows.
  withServers()(
    `a copy and a cutover without a pooler${soak ? ' and with kills' : ''} lose nothing, with the keys of every table after its rows as with large ones`,
    async () => {
      const [trial, seed, kills] = [{ settings: { largeTableBytes: 0 } }, SEED + 1, soak ? 6 : 0];
      const { report, wrong } = await rehearse({ rows: 2000, cutovers: 1, kills, seed, clusters, pooler: false, trial });
      expect({ seed, wrong }).toEqual({ seed, wrong: [] });
      expect(report).toMatchObject({ lost: 0, duplicated: 0, ended: 'promoted' });
      expect({ seed, enough: report.kills >= kills / 2 }).toEqual({ seed, enough: true });
    },
    120_000,
  );
});
