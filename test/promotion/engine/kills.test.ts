import type { Clusters } from '../../../promotion/rehearse/clusters';
import { rehearse } from '../../../promotion/rehearse/rehearse';
import { serverFolders } from '../../../promotion/rehearse/servers';
import { templates, withServers } from './support/servers';

/** Repeats a run: TEST_SEED=... npx jest test/promotion/engine/kills */
const SEED = Number(process.env['TEST_SEED'] ?? 20_260);

let clusters: Clusters;

beforeAll(async () => {
  if (serverFolders().length > 0) clusters = await templates(2000);
}, 120_000);

/** Two rehearsals: 15 changes of sides with 15 kills, and 3 copies with 4 kills each before a cutover. */
describe(`random kills of the engine and of either server, seed ${SEED}`, () => {
  withServers()(
    '15 changes of sides lose nothing, and never are both sides open',
    async () => {
      const { report, wrong } = await rehearse({ rows: 2000, cutovers: 8, kills: 15, seed: SEED, clusters });
      expect({ seed: SEED, wrong }).toEqual({ seed: SEED, wrong: [] });
      expect(report).toMatchObject({ lost: 0, duplicated: 0, kills: 15, ended: 'promoted', seed: SEED });
    },
    280_000,
  );

  for (const round of [1, 2, 3])
    withServers()(
      `a copy and a cutover lose nothing, round ${round}`,
      async () => {
        const seed = SEED + round;
        // The last round makes every table's keys after its rows, as it is done with large ones.
        const trial = round === 3 ? { settings: { largeTableBytes: 0 } } : {};
        const { report, wrong } = await rehearse({ rows: 2000, cutovers: 1, kills: 4, seed, clusters, pooler: round % 2 === 0, trial });
        expect({ seed, wrong }).toEqual({ seed, wrong: [] });
        expect(report).toMatchObject({ lost: 0, duplicated: 0, kills: 4, ended: 'promoted' });
      },
      120_000,
    );
});
