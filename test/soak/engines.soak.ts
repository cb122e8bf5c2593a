import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Clouds, together } from '../stacks/transition/support';
import { comeAndGo, ready, standinOfClouds, synthesized, withEngine } from '../stacks/workloads/two-clouds';
import { twoServices } from '../stacks/workloads/fixture';
import { startEcho } from '../support/aws-echo';
import { needsAws, needsAwsProvider, startEmulator } from '../support/aws-emulator';
import { type AwsProvider, startProviders } from '../support/aws-provider';
import { withoutOwnSettings } from '../support/aws-stack';
import { scratch } from '../support/scratch';
import type { Standin } from '../../terraform/standin/server';

jest.setTimeout(900_000);
const terraform = needsAwsProvider();

const withCards = {
  region: 'us-east-1',
  regions: ['us-west-2'],
  gpu: { spot: false, otherwise: 'refuse', google: { nodes: 2, spot: true, otherwise: 'refuse' } },
} as const;

/** As plain texts: no variable has to be set. */
const withoutSecrets = Object.fromEntries(Object.entries(twoServices).map(([name, service]) => [name, { ...service, secrets: [] }]));

const vpnTypes = ['aws_customer_gateway', 'aws_vpn_connection'];

/** What the tunnels at Google were told. */
function secretsIn(state: string): readonly string[] {
  const { resources } = JSON.parse(state) as {
    readonly resources: readonly {
      readonly type: string;
      readonly instances: readonly { readonly attributes: Record<string, string> }[];
    }[];
  };
  const tunnels = resources.filter(({ type }) => type === 'google_compute_vpn_tunnel').flatMap(({ instances }) => instances);
  return tunnels.map(({ attributes }) => attributes['shared_secret'] ?? '');
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

/** Every layer but the one on AWS, of which they are told what it would say. AlloyDB goes the same way in `npm test`. */
describe('tier 6 on the stand-in', () => {
  let standin: Standin;
  let echo: AwsProvider;
  let clouds: Clouds;
  beforeAll(async () => {
    [standin, echo] = await Promise.all([standinOfClouds(), startEcho()]);
    // AWS's end of the VPN, which the layer at Google makes.
    echo.speakOf(vpnTypes);
    clouds = together(echo, standin);
  });
  afterAll(() => clouds.stop());

  for (const engine of ['citus', 'aurora-dsql', 'spanner'] as const)
    terraform(`with ${engine} is applied in order, needs nothing more, and goes in the opposite order`, () => comeAndGo(clouds, engine));

  terraform('with services beside the app the same', () => comeAndGo(clouds, 'citus', { services: withoutSecrets }));

  needsAws()("with shards the VPN stands with AWS's end on its emulator, and its secrets are in the state alone", async () => {
    const folder = scratch();
    const emulator = await startEmulator(folder);
    const provider = await startProviders({ folder, directory: folder, env: { ...withoutOwnSettings(), ...emulator.env } });
    provider.speakOf(vpnTypes);
    try {
      const project = scratch();
      const layers = synthesized(project, { tier: withEngine('shards') });
      const [platform, google] = [layers.folder('tier6'), layers.folder('tier6-google')];
      const must = await ready(together(provider, standin), platform, google);
      const shown = await must(google, 'apply', '-auto-approve');
      expect(await must(google, 'plan', '-detailed-exitcode')).toContain('No changes.');
      const keys = secretsIn(readFileSync(join(project, '.terrace', 'state', 'sample-google.tfstate'), 'utf8'));
      // The emulator has one for all.
      expect(keys.filter((key) => key.length >= 8)).toHaveLength(4);
      expect(keys.filter((key) => shown.includes(key))).toEqual([]);
      const holders = filesIn(project).filter((file) => keys.some((key) => readFileSync(file, 'utf8').includes(key)));
      expect(holders).toEqual([join(project, '.terrace', 'state', 'sample-google.tfstate')]);
      expect(await must(google, 'destroy', '-auto-approve')).toContain('Destroy complete!');
      expect(emulator.gaps()).toEqual([]);
    } finally {
      await provider.stop();
      emulator.stop();
    }
  });

  terraform('with nodes with cards at Google the same', () => comeAndGo(clouds, 'aurora-dsql', withCards));
});
