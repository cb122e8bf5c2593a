import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployPrepared } from '../../../cli/deploy';
import type { Io } from '../../../cli/io';
import { openProject } from '../../../cli/project';
import type { Workplace } from '../../../cli/terraform-command';
import type { Retired } from '../../../promotion/retired';
import { project } from '../../support/project';

const volume = 'digitalocean_volume.database_g1';

/** Of a plan in the last phase what counts here: a disk that is let go of. */
const plan = {
  format_version: '1.2',
  planned_values: { root_module: {} },
  resource_changes: [
    {
      address: volume,
      mode: 'managed',
      type: 'digitalocean_volume',
      name: 'database_g1',
      provider_name: 'registry.terraform.io/digitalocean/digitalocean',
      change: { actions: ['forget'], before: { id: 'disk-1', name: 'shop-database-g1', size: 10, region: 'fra1' }, after: null },
    },
  ],
  configuration: { root_module: {} },
};

const environment = readFileSync(join(__dirname, '..', '..', '..', 'environments', 'examples', 'digitalocean-tier1.yaml'), 'utf8')
  .replace('name: digitalocean-tier1', 'name: shop')
  .replace(/\n# For a real environment[\s\S]*$/, '\n');

/** An apply that ends as it is told to, with what is on the list by then. */
async function applying(folder: string, apply: () => Promise<void>): Promise<void> {
  const io = { cwd: folder, env: {}, out: () => undefined, err: () => undefined } as unknown as Io;
  const opened = await openProject('shop', io);
  const file = join(folder, 'kept.tfplan');
  writeFileSync(file, '');
  const saved = { file, plan: { changes: [], outputs: [], applyable: true }, text: JSON.stringify(plan), warnings: [] };
  const terraform = { plan: () => Promise.resolve(saved), discard: () => undefined, apply };
  const place = { io, project: opened, stack: opened.recorded, terraform, progress: { stop: () => undefined } };
  await deployPrepared(place as unknown as Workplace, { autoApprove: true, json: true });
}

test('what an apply will forget is on the list before it begins, and there once however often it is tried', async () => {
  const folder = project({ shop: `${environment}promotion: { to: tier2, phase: contract }\n` });
  writeFileSync(join(folder, 'cdktf.json'), '{}');
  const file = join(folder, 'environments', 'shop.retired.json');
  const listed = (): readonly Retired[] => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly Retired[]) : []);
  const died = new Error('it died');
  await expect(applying(folder, () => Promise.reject(died))).rejects.toBe(died);
  expect(listed()).toEqual([expect.objectContaining({ address: volume, id: 'disk-1', monthly: '1.00' })]);
  // Another day, and another try.
  writeFileSync(file, JSON.stringify(listed().map((each) => ({ ...each, since: '2026-01-01' }))));
  await applying(folder, () => Promise.resolve());
  expect(listed().map(({ address, since }) => [address, since === '2026-01-01'])).toEqual([[volume, false]]);
});
