import { rehearse } from '../../promotion/rehearse/rehearse';
import { templates, withServers } from '../promotion/engine/support/servers';
import type { Clusters } from '../../promotion/rehearse/clusters';
import { serverFolders } from '../../promotion/rehearse/servers';

/** How many kills in all, and the first seed: SOAK_KILLS=2000 npm run soak -- promotion */
const [KILLS, SEED] = [Number(process.env['SOAK_KILLS'] ?? 200), Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000)];
/** Kills of one rehearsal, which changes sides five times. */
const EACH = 10;

let clusters: Clusters;

beforeAll(async () => {
  if (serverFolders().length > 0) clusters = await templates(20_000);
}, 300_000);

describe(`random kills, first seed ${SEED}`, () => {
  for (let round = 0; round < Math.ceil(KILLS / EACH); round += 1)
    withServers()(
      `seed ${SEED + round}`,
      async () => {
        const shards = round % 5 === 4 ? 3 : 1;
        const { report, wrong } = await rehearse({
          rows: 20_000,
          cutovers: 3,
          kills: EACH,
          seed: SEED + round,
          clusters,
          shards,
          pooler: round % 2 === 0,
        });
        expect(wrong).toEqual([]);
        expect(report).toMatchObject({ lost: 0, duplicated: 0, ended: 'promoted' });
        // One that comes too late for the last change is not counted.
        expect(report.kills).toBeGreaterThanOrEqual(EACH - 1);
      },
      600_000,
    );
});
