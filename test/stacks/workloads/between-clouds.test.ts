import { databaseEngines } from '../../../components/distributed-database';
import { flavours } from '../../../constructs/kubernetes/flavour';
import { routersOf } from '../../../constructs/vpn';
import { insideRanges, joinsClouds } from '../../../stacks/platforms/between-clouds';
import { ranges } from '../../../stacks/platforms/google/neighbours';
import { placedTier } from '../../../stacks/placement';
import type { Standin } from '../../../terraform/standin/server';
import { rangesOverlap } from '../../../values/address-range';
import { startEcho } from '../../support/aws-echo';
import { needsAwsProvider } from '../../support/aws-emulator';
import type { AwsProvider } from '../../support/aws-provider';
import { scratch } from '../../support/scratch';
import { typesIn } from '../../support/spoken';
import { together } from '../transition/support';
import { comeAndGo, ready, standinOfClouds, synthesized, withEngine } from './two-clouds';

const withProvider = needsAwsProvider();
// Three layers in several runs of Terraform: minutes on a busy machine.
jest.setTimeout(300_000);

/** Two connections of AWS with two tunnels each, which Google numbers through. */
const tunnels = [
  { connection: 1, number: 1, inside: '169.254.100.0/30' },
  { connection: 1, number: 2, inside: '169.254.100.4/30' },
  { connection: 2, number: 1, inside: '169.254.100.8/30' },
  { connection: 2, number: 2, inside: '169.254.100.12/30' },
] as const;

const prefix = 'network_europe-west3_vpn';

describe('the VPN between the clouds, with shards', () => {
  const { json } = synthesized(scratch(), { tier: withEngine('shards') });
  const { resource, provider } = json('tier6-google');
  const of = (type: string, name: string) => resource[type]?.[`${prefix}${name}`];

  test('is made by the layer at Google, which has the addresses of both ends, in the home region of AWS', () => {
    expect(Object.keys(provider).sort()).toEqual(['aws', 'google']);
    expect(provider['aws']?.map(({ region, alias }) => [region, alias])).toEqual([['eu-central-1', undefined]]);
    for (const place of [0, 1])
      expect(of('aws_customer_gateway', `_aws_customer_${place + 1}`)).toMatchObject({
        ip_address: `\${google_compute_ha_vpn_gateway.${prefix}.vpn_interfaces[${place}].ip_address}`,
        bgp_asn: '64514',
      });
    expect(of('google_compute_external_vpn_gateway', '_peer')).toMatchObject({
      redundancy_type: 'FOUR_IPS_REDUNDANCY',
      interface: tunnels.map(({ connection, number }, id) => ({
        id,
        ip_address: `\${aws_vpn_connection.${prefix}_aws_connection_${connection}.tunnel${number}_address}`,
      })),
    });
  });

  test.each(tunnels.map((tunnel, index) => ({ ...tunnel, index })))(
    'tunnel $index joins the ends that belong together, with a secret that AWS makes',
    ({ connection, number, inside, index }) => {
      const [tunnel, base] = [`_tunnel_${index + 1}`, inside.slice(0, inside.lastIndexOf('.'))];
      const first = Number(inside.split('/')[0]?.split('.')[3]);
      const made = `aws_vpn_connection.${prefix}_aws_connection_${connection}`;
      const connected = of('aws_vpn_connection', `_aws_connection_${connection}`);
      expect(connected).toMatchObject({
        vpn_gateway_id: '${data.terraform_remote_state.platform.outputs.vpn_gateway}',
        customer_gateway_id: `\${aws_customer_gateway.${prefix}_aws_customer_${connection}.id}`,
        [`tunnel${number}_inside_cidr`]: inside,
        [`tunnel${number}_ike_versions`]: ['ikev2'],
      });
      expect(connected).not.toHaveProperty(`tunnel${number}_preshared_key`);
      expect(of('google_compute_vpn_tunnel', tunnel)).toMatchObject({
        ike_version: 2,
        vpn_gateway_interface: connection - 1,
        peer_external_gateway_interface: index,
        shared_secret: `\${${made}.tunnel${number}_preshared_key}`,
      });
      // AWS's router has the first address of the two.
      expect(of('google_compute_router_interface', `${tunnel}_interface`)).toMatchObject({
        ip_range: `${base}.${first + 2}/30`,
        vpn_tunnel: `\${google_compute_vpn_tunnel.${prefix}${tunnel}.name}`,
      });
      expect(of('google_compute_router_peer', `${tunnel}_peer`)).toMatchObject({
        peer_ip_address: `${base}.${first + 1}`,
        peer_asn: 64512,
        interface: `\${google_compute_router_interface.${prefix}${tunnel}_interface.name}`,
      });
    },
  );

  test('tells AWS of pods alone, because its clusters have services at the addresses of nodes', () => {
    expect(of('google_compute_router', '_router')).toMatchObject({
      bgp: { asn: 64514, advertise_mode: 'CUSTOM', advertised_ip_ranges: [{ range: ranges.pods, description: 'pods' }] },
    });
    expect(rangesOverlap('172.20.0.0/16', ranges.nodes)).toBe(true);
    expect(rangesOverlap('172.20.0.0/16', ranges.pods)).toBe(false);
  });
});

describe('the app at Google, with shards', () => {
  const { resource } = synthesized(scratch(), { tier: withEngine('shards') }).json('tier6-workloads');
  const released = (region: string): string =>
    JSON.stringify(resource['helm_release']?.[`database_${region}_fetched_release`]?.['values']).replaceAll(/\\+(["n])/g, '$1');

  test('asks poolers of its own cluster, which lead to the shards as those at home do, and to no copy: these are in another network', () => {
    const [near, far] = [released('eu-central-1'), released('europe-west3')];
    for (const shard of [1, 2, 3, 4]) {
      expect(far).toContain(`shard_${shard} = host=$`);
      expect(near).toContain(`shard_${shard}_reader = host=$`);
    }
    expect(far).not.toContain('_reader');
    expect(far).toMatch(/"DATABASE_URL":"(.+?)","DATABASE_REPLICA_URL":"\1"/);
    expect(far).not.toContain('REDIS_URL');
    expect(Object.keys(resource['kubernetes_network_policy_v1'] ?? {})).toContain('database_europe-west3_pooler_to_databases');
  });

  test('three clusters share the connections of a shard, and poolers start anew when that changes', () => {
    // 1,802 are allowed (`connections.test.ts`), four fifths of them for 3 clusters with 7 poolers each.
    for (const region of ['eu-central-1', 'us-east-1', 'europe-west3']) {
      expect(released(region)).toContain('default_pool_size = 68');
      const deployment = resource['kubernetes_deployment_v1']?.[`database_${region}_pooler_pods_deployment`];
      expect(JSON.stringify(deployment)).toContain('"terrace.dev/restart-on":"68"');
    }
  });
});

test('is there for engines that are reached in the home network alone, where the tier stands in both clouds', () => {
  expect(databaseEngines.filter((engine) => joinsClouds(withEngine(engine)))).toEqual(['shards', 'citus']);
  for (const engine of ['shards', 'citus'] as const)
    expect(joinsClouds(placedTier({ platform: 'aws', placements: { cluster: ['aws'] } }, withEngine(engine)))).toBe(false);
  const without = synthesized(scratch(), { tier: withEngine('aurora-dsql') }).json('tier6-google');
  expect(Object.keys(without.provider)).toEqual(['google']);
  expect(Object.keys(without.resource).filter((type) => /vpn|customer/.test(type))).toEqual([]);
});

test('its routers have addresses that neither cloud has a use for', () => {
  const all = insideRanges.flat();
  // Site-to-Site VPN user guide, Tunnel options.
  const kept = [0, 1, 2, 3, 4, 5].map((third) => `169.254.${third}.0/30`).concat('169.254.169.252/30');
  const identities = Object.values(flavours).flatMap(({ identity }) => (identity === undefined ? [] : [identity.cidr]));
  expect(identities).toHaveLength(2);
  all.forEach((range, index) => {
    expect(rangesOverlap(range, '169.254.0.0/16')).toBe(true);
    expect([...kept, ...identities, ...all.slice(index + 1)].filter((other) => rangesOverlap(range, other))).toEqual([]);
  });
  expect(routersOf('169.254.100.12/30')).toEqual({ remote: '169.254.100.13', own: '169.254.100.14' });
});

describe("on the stand-in, and with AWS's own provider and no cloud behind it", () => {
  let echo: AwsProvider;
  let standin: Standin;
  beforeAll(async () => {
    [echo, standin] = await Promise.all([startEcho(), standinOfClouds()]);
    echo.speakOf(typesIn(synthesized(scratch(), { tier: withEngine('shards') }).json('tier6-google') as never));
  });
  afterAll(() => Promise.all([echo.stop(), standin.stop()]));

  withProvider('three layers are applied in order, need nothing more, and go in the opposite order', () =>
    comeAndGo(together(echo, standin), 'shards'),
  );

  withProvider('its secrets are in no plan that is shown', async () => {
    const { folder } = synthesized(scratch(), { tier: withEngine('shards') });
    const must = await ready(together(echo, standin), folder('tier6'), folder('tier6-google'));
    const shown = await must(folder('tier6-google'), 'plan');
    const lines = shown.match(/(?:shared_secret|preshared_key) +=.*/g) ?? [];
    expect(lines).toHaveLength(8);
    for (const line of lines) expect(line).toMatch(/= \(sensitive value\)$/);
  });
});
