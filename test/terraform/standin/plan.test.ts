import { createHash } from 'node:crypto';
import { unknown, type ValueMap } from '../../../terraform/standin/values';
import { planOf } from './cloud';

const droplet = { name: 'a', region: 'fra1', size: 's-1vcpu-1gb', image: 'ubuntu-24-04-x64' };
const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');
const created = (type: string, args: Record<string, unknown>): ValueMap => planOf(type, null, args).state;

describe('a new resource', () => {
  const state = created('digitalocean_droplet', { ...droplet, region: 'FRA1', user_data: '#cloud-config' });

  test("has the provider's defaults", () => {
    expect([state['monitoring'], state['backups'], state['resize_disk']]).toEqual([false, false, true]);
  });
  test('does not know what the provider computes', () => {
    expect([state['id'], state['urn'], state['vpc_uuid'], state['volume_ids']]).toEqual([unknown, unknown, unknown, unknown]);
  });
  test('has what was not given as null', () => expect([state['tags'], state['user_data'] === null]).toEqual([null, false]));
  test('stores user data as its SHA-1', () => expect(state['user_data']).toBe(sha1('#cloud-config')));
  test('stores a region in lower case', () => expect(state['region']).toBe('fra1'));

  test('does not know a set of which one element is unknown', () => {
    expect(created('digitalocean_droplet', { ...droplet, ssh_keys: ['1', unknown] })['ssh_keys']).toBe(unknown);
  });
  test('does not know blocks that the provider fills in when there are none', () => {
    const balancer = created('digitalocean_loadbalancer', { name: 'lb', region: 'fra1' });
    expect([balancer['healthcheck'], balancer['sticky_sessions'], balancer['forwarding_rule']]).toEqual([unknown, unknown, []]);
  });
  test('has empty texts and lists inside blocks of a set', () => {
    const [rule] = created('digitalocean_firewall', { name: 'f', inbound_rule: [{ protocol: 'icmp', source_addresses: ['0.0.0.0/0'] }] })[
      'inbound_rule'
    ] as ValueMap[];
    expect(rule).toEqual({
      protocol: 'icmp',
      port_range: '',
      source_addresses: ['0.0.0.0/0'],
      source_droplet_ids: [],
      source_kubernetes_ids: [],
      source_load_balancer_uids: [],
      source_tags: [],
    });
  });
});

describe('a change', () => {
  const prior: ValueMap = {
    ...created('digitalocean_droplet', droplet),
    id: '1',
    vpc_uuid: 'v',
    urn: 'u',
    user_data: sha1('one'),
    tags: ['b', 'a'],
  };

  test.each([
    ['an absent text and an empty one', { user_data: sha1('one'), ipv6_address: '' }],
    ['the same set in another order', { tags: ['a', 'b'] }],
    ['tags in another case', { tags: ['A', 'B'] }],
    ['user data that Terraform ignores, given back as its hash', { user_data: sha1('one') }],
    ['a region in upper case', { region: 'FRA1' }],
  ])('is none between %s', (_, args) => {
    expect(planOf('digitalocean_droplet', prior, args)).toEqual({ state: prior, replace: [], errors: [] });
  });

  test('of user data replaces', () => expect(planOf('digitalocean_droplet', prior, { user_data: 'two' }).replace).toEqual([['user_data']]));

  test('of a name leaves everything else known', () => {
    const { state } = planOf('digitalocean_droplet', prior, { name: 'b' });
    expect(state).toEqual({ ...prior, name: 'b' });
  });

  test('of one rule of a set keeps the others', () => {
    const rules = [{ protocol: 'tcp', port_range: '80', source_addresses: ['10.0.0.0/8'] }];
    const before: ValueMap = { ...created('digitalocean_firewall', { name: 'f', inbound_rule: rules }), id: '1' };
    const after = planOf('digitalocean_firewall', before, {
      inbound_rule: [...rules, { protocol: 'tcp', port_range: '443', source_addresses: ['10.0.0.0/8'] }],
    });
    expect((after.state['inbound_rule'] as ValueMap[]).map((rule) => rule['port_range'])).toEqual(['80', '443']);
  });

  test('of versioning cannot switch it off by leaving the block out', () => {
    const before: ValueMap = { ...created('digitalocean_spaces_bucket', { name: 'b', versioning: [{ enabled: true }] }), id: 'b' };
    expect(planOf('digitalocean_spaces_bucket', before, { versioning: [] }).state['versioning']).toEqual([{ enabled: false }]);
  });

  test('of a policy is none when only its spelling changes', () => {
    const before: ValueMap = {
      ...created('digitalocean_spaces_bucket_policy', { bucket: 'b', region: 'fra1', policy: '{"b":1,"a":"<"}' }),
      id: 'b',
    };
    expect(before['policy']).toBe('{"a":"\\u003c","b":1}');
    expect(planOf('digitalocean_spaces_bucket_policy', before, { policy: ' { "a" : "<", "b": 1 }' }).state).toEqual(before);
  });
});
