import { serverFolders } from '../../../promotion/rehearse/servers';
import type { Clusters } from '../../../promotion/rehearse/clusters';
import { templates, withServers } from '../engine/support/servers';
import { openShop } from './support/shop';

let clusters: Clusters;

beforeAll(async () => {
  if (serverFolders().length > 0) clusters = await templates(100);
}, 120_000);

withServers('terraform')('tier 1 becomes tier 2 with its data by one command, which waits where somebody has to say go, and ends where a backup has to be proved', async () => {
  const shop = await openShop(clusters, 'tier1');
  try {
    expect(await shop.terrace('deploy', 'tier1', '--auto-approve')).toMatchObject({ code: 0 });
    const t=Date.now();
    const copied = await shop.terrace('promote', 'run', 'shop', '--to', 'tier2', '--auto-approve');
    console.log(Date.now()-t, copied.out, copied.err);
    expect(copied.code).toBe(10);
    const cut = await shop.terrace('promote', 'run', 'shop', '--to', 'tier2', '--auto-approve', '--go');
    console.log(Date.now()-t, cut.out, cut.err);
    const st = await shop.terrace('promote', 'status', 'shop');
    console.log(Date.now()-t, st.out, st.err);
    const c = await shop.terrace('promote', 'contract', 'shop','--confirm','shop','--backup-verified','--auto-approve');
    console.log(Date.now()-t, c.out, c.err, shop.text());
  } finally {
    await shop.end();
  }
}, 600_000);
