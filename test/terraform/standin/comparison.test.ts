import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { startStandin, type Standin } from '../../../terraform/standin/server';
import { scratch } from '../../support/scratch';
import { everyType, type Resources } from './fixture';
import { Workspace, type Change } from './harness';

// The stand-in beside the provider it stands in for. A plan of a new resource asks no API, and neither does one that does
// not refresh, so this needs the provider alone: name a CLI configuration whose mirror holds digitalocean 2.71.0 in
// TERRACE_REAL_PROVIDER. Without one these tests are skipped, and counted.
const real = process.env['TERRACE_REAL_PROVIDER'] ?? '';
const compared: typeof test = real === '' ? (test['skip'] as typeof test) : test;
const title = (what: string): string => (real === '' ? `${what} (skipped: TERRACE_REAL_PROVIDER names no provider)` : what);

let room: string;
let standin: Standin;

beforeAll(async () => {
  room = scratch('standin-compared-');
  standin = await startStandin({ state: join(room, 'sandbox.json') });
});

afterAll(() => standin.stop());

/** Both plans for the same configuration and state. */
async function plans(name: string, resources: Resources, state?: string): Promise<readonly (readonly Change[])[]> {
  const both = [{ TF_REATTACH_PROVIDERS: standin.reattach }, { TF_CLI_CONFIG_FILE: real, DIGITALOCEAN_API_URL: 'http://127.0.0.1:9' }];
  return Promise.all(
    both.map(async (environment, index) => {
      const workspace = await new Workspace(join(room, `${name}-${index}`), environment).write(resources).init();
      if (state !== undefined) copyFileSync(state, join(workspace.folder, 'terraform.tfstate'));
      return workspace.changes('-refresh=false');
    }),
  );
}

describe('beside the provider itself', () => {
  compared(title('the plan of a new environment is the same'), async () => {
    const [ours, theirs] = await plans('new', everyType());
    expect(ours).toEqual(theirs);
  });

  compared(title('the plan of a change is the same'), async () => {
    const applied = await new Workspace(join(room, 'applied'), { TF_REATTACH_PROVIDERS: standin.reattach }).write(everyType()).init();
    await applied.apply();
    const changed = everyType();
    Object.assign(changed['digitalocean_droplet']?.['a'] ?? {}, { user_data: 'other', size: 's-4vcpu-8gb' });
    Object.assign(changed['digitalocean_vpc']?.['a'] ?? {}, { name: 'other' });
    Object.assign(changed['digitalocean_loadbalancer']?.['a'] ?? {}, { size_unit: 5 });
    Object.assign(changed['digitalocean_database_cluster']?.['a'] ?? {}, { version: '18', region: 'ams3' });
    const [ours, theirs] = await plans('changed', changed, join(applied.folder, 'terraform.tfstate'));
    expect(ours).toEqual(theirs);
  });
});
