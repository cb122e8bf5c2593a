import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../../../terraform/standin/store';
import { startStandin, type Standin } from '../../../terraform/standin/server';
import { needs } from '../../support/needs';
import { scratch } from '../../support/scratch';
import { everyType, type Arguments, type Resources } from './fixture';
import { Workspace } from './harness';

const terraform = needs('terraform');
let room: string;
let standin: Standin;
let workspace: Workspace;

beforeAll(async () => {
  room = scratch('standin-');
  standin = await startStandin({ state: join(room, 'sandbox.json') });
  workspace = new Workspace(join(room, 'stack'), { TF_REATTACH_PROVIDERS: standin.reattach });
});

afterAll(() => standin.stop());

/** The example with differences: arguments by address. */
function edited(edits: Readonly<Record<string, Arguments>>): Resources {
  const all = everyType();
  for (const [address, args] of Object.entries(edits)) {
    const [type, name] = address.split('.') as [string, string];
    Object.assign((all[type] ??= {})[name] ?? {}, args);
  }
  return all;
}

/** Edits the account by hand, as an operator in the control panel would. */
function byHand(edit: (account: Account) => Account): void {
  const file = join(room, 'sandbox.json');
  writeFileSync(file, JSON.stringify(edit(JSON.parse(readFileSync(file, 'utf8')) as Account)));
}

function idOf(account: Account, type: string, name: string): string {
  return Object.entries(account.objects[type] ?? {}).find(([, object]) => object['name'] === name)?.[0] ?? '';
}

/** One change in place for each type that has one. */
const inPlace: Readonly<Record<string, Arguments>> = {
  'digitalocean_vpc.a': { name: 'net-2', description: 'renamed' },
  'digitalocean_ssh_key.a': { name: 'anna-2' },
  'digitalocean_droplet.a': { name: 'app-one', size: 's-4vcpu-8gb', tags: ['app', 'web'] },
  'digitalocean_volume.a': { size: 60 },
  'digitalocean_firewall.a': { inbound_rule: [{ protocol: 'tcp', port_range: '443', source_addresses: ['0.0.0.0/0'] }] },
  'digitalocean_record.a': { ttl: 60 },
  'digitalocean_loadbalancer.a': { size_unit: 3 },
  'digitalocean_database_cluster.a': { size: 'db-s-4vcpu-8gb', storage_size_mib: '184320' },
  'digitalocean_database_cluster.cache': { eviction_policy: 'noeviction' },
  'digitalocean_database_firewall.a': { rule: [{ type: 'tag', value: 'app' }] },
  'digitalocean_database_replica.a': { size: 'db-s-4vcpu-8gb' },
  'digitalocean_database_postgresql_config.a': { max_parallel_workers: 16 },
  'digitalocean_database_valkey_config.a': { timeout: 600 },
  'digitalocean_spaces_bucket.a': { acl: 'public-read' },
  'digitalocean_spaces_bucket.b': { lifecycle_rule: [{ enabled: false, prefix: 'wal/' }] },
  'digitalocean_spaces_bucket_object.a': { content: '{"image":"app:2"}' },
  'digitalocean_spaces_bucket_policy.a': { policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny"}]}' },
  'digitalocean_spaces_bucket_cors_configuration.a': { cors_rule: [{ allowed_methods: ['GET'], allowed_origins: ['*'] }] },
  'digitalocean_spaces_key.a': { grant: [{ bucket: 'acme-assets', permission: 'readwrite' }] },
  'digitalocean_cdn.a': { ttl: 600 },
  'digitalocean_monitor_alert.a': { value: 90 },
  'digitalocean_uptime_check.a': { target: 'https://example.test/other' },
  'digitalocean_uptime_alert.a': { period: '5m' },
  'digitalocean_project.a': { description: 'the real one' },
};

describe('a configuration with every type that tiers use', () => {
  terraform('is initialized and valid', async () => {
    await workspace.write(everyType()).init();
    expect(await workspace.must('validate', '-no-color')).toContain('The configuration is valid.');
  });

  terraform('says at validate where and what is wrong', async () => {
    workspace.write(edited({ 'digitalocean_loadbalancer.a': { size_unit: 0 } }));
    const { code, out } = await workspace.run('validate', '-no-color');
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(
        /Error: expected size_unit to be in the range \(1 - 200\), got 0[^]*with digitalocean_loadbalancer\.a,[^]*"size_unit": 0/,
      ),
    ]);
  });

  terraform('is applied, and then nothing is left to do', async () => {
    expect(await workspace.write(everyType()).apply()).toContain('Apply complete! Resources: 33 added, 0 changed, 0 destroyed.');
    expect(await workspace.must('plan', '-detailed-exitcode', '-no-color')).toContain('No changes.');
  });

  terraform('changes in place what can change in place', async () => {
    workspace.write(edited(inPlace));
    expect(await workspace.actions()).toEqual(Object.fromEntries(Object.keys(inPlace).map((address) => [address, 'update'])));
    expect(await workspace.apply()).toContain(`0 added, ${Object.keys(inPlace).length} changed, 0 destroyed.`);
    expect(await workspace.must('plan', '-detailed-exitcode', '-no-color')).toContain('No changes.');
  });

  terraform('replaces what cannot, with everything that hangs on it', async () => {
    workspace.write(
      edited({
        ...inPlace,
        'digitalocean_droplet.a': { ...inPlace['digitalocean_droplet.a'], user_data: '#cloud-config\npackages: [nginx]\n' },
      }),
    );
    const changes = await workspace.changes();
    expect(
      changes
        .filter(({ change }) => change.actions.length === 2)
        .map(({ address }) => address)
        .sort(),
    ).toEqual(['digitalocean_droplet.a', 'digitalocean_reserved_ip_assignment.a', 'digitalocean_volume_attachment.a']);
    expect(changes.find(({ type }) => type === 'digitalocean_droplet')?.change.replace_paths).toEqual([['user_data']]);
    await workspace.apply();
    expect(await workspace.must('plan', '-detailed-exitcode', '-no-color')).toContain('No changes.');
  });

  terraform('sees what was changed, deleted and filled in by hand', async () => {
    workspace.write(
      edited({
        ...inPlace,
        'digitalocean_droplet.a': { ...inPlace['digitalocean_droplet.a'], user_data: '#cloud-config\npackages: [nginx]\n' },
      }),
    );
    byHand((account) => {
      const [volume, droplet] = [idOf(account, 'digitalocean_volume', 'data'), idOf(account, 'digitalocean_droplet', 'app-one')];
      const { [droplet]: server = {} } = account.objects['digitalocean_droplet'] ?? {};
      const { app: _, ...tags } = account.objects['digitalocean_tag'] ?? {};
      expect(account.objects['digitalocean_volume']?.[volume]?.['droplet_ids']).toEqual([Number(droplet)]);
      return {
        ...account,
        objects: { ...account.objects, digitalocean_tag: tags, digitalocean_droplet: { [droplet]: { ...server, size: 's-8vcpu-16gb' } } },
      };
    });
    expect(await workspace.actions()).toEqual({ 'digitalocean_droplet.a': 'update', 'digitalocean_tag.a': 'create' });
    await workspace.apply();
  });

  terraform('is not destroyed while a bucket holds what Terraform did not put there', async () => {
    byHand((account) => ({ ...account, contents: { 'acme-backups': ['wal/0001'] } }));
    const { code, out } = await workspace.run('destroy', '-auto-approve', '-no-color');
    expect([code, out.replace(/\s+/g, ' ')]).toEqual([
      1,
      expect.stringContaining('409 BucketNotEmpty: "acme-backups" holds 1 object, and force_destroy is not set.'),
    ]);
    byHand((account) => ({ ...account, contents: {} }));
  });

  terraform('is destroyed, and nothing is left of it', async () => {
    await workspace.must('destroy', '-auto-approve', '-no-color');
    const { objects } = JSON.parse(readFileSync(join(room, 'sandbox.json'), 'utf8')) as Account;
    expect(Object.values(objects).flatMap((byId) => Object.keys(byId))).toEqual([]);
  });
});

describe('one object', () => {
  const droplet = { name: 'a', region: 'fra1', size: 's-1vcpu-1gb', image: 'ubuntu-24-04-x64' };
  const at = (name: string): Workspace => new Workspace(join(room, name), { TF_REATTACH_PROVIDERS: standin.reattach });

  terraform('is refused at apply with what the API says, and not kept', async () => {
    const alone = await at('refused')
      .write({ digitalocean_droplet: { a: { ...droplet, size: 's-99' } } })
      .init();
    expect(await alone.actions()).toEqual({ 'digitalocean_droplet.a': 'create' });
    const { code, out } = await alone.run('apply', '-auto-approve', '-no-color');
    expect([code, out]).toEqual([1, expect.stringContaining('Error creating droplet: POST https://api.digitalocean.com/v2/droplets: 422')]);
    expect(await alone.must('state', 'list')).toBe('');
  });

  terraform('is imported, without what the API does not tell', async () => {
    const first = await at('first')
      .write({
        digitalocean_droplet: { a: { ...droplet, user_data: 'x' } },
        digitalocean_domain: { d: { name: 'a.test' } },
        digitalocean_record: { r: { domain: 'a.test', type: 'TXT', name: 'x', value: 'y', depends_on: ['digitalocean_domain.d'] } },
      })
      .init();
    await first.apply();
    const { objects } = JSON.parse(readFileSync(join(room, 'sandbox.json'), 'utf8')) as Account;
    const [id, record] = [
      Object.keys(objects['digitalocean_droplet'] ?? {})[0] ?? '',
      Object.keys(objects['digitalocean_record'] ?? {})[0] ?? '',
    ];
    const second = await at('second')
      .write({ digitalocean_droplet: { a: droplet }, digitalocean_record: { r: { domain: 'a.test', type: 'TXT', name: 'x', value: 'y' } } })
      .init();
    await second.must('import', '-no-color', 'digitalocean_droplet.a', id);
    await second.must('import', '-no-color', 'digitalocean_record.r', `a.test,${record}`);
    expect(await second.must('plan', '-detailed-exitcode', '-no-color')).toContain('No changes.');
    expect((await second.run('import', '-no-color', 'digitalocean_droplet.b', '7')).code).toBe(1);
    await first.must('destroy', '-auto-approve', '-no-color');
  });

  terraform('is one of many when two Terraform processes work side by side', async () => {
    const tags = (prefix: string): Resources => ({
      digitalocean_tag: Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`${prefix}${index}`, { name: `${prefix}${index}` }])),
    });
    const [left, right] = await Promise.all([at('left').write(tags('l')).init(), at('right').write(tags('r')).init()]);
    await Promise.all([left.apply(), right.apply()]);
    const { objects } = JSON.parse(readFileSync(join(room, 'sandbox.json'), 'utf8')) as Account;
    expect(Object.keys(objects['digitalocean_tag'] ?? {})).toHaveLength(30);
  });
});
