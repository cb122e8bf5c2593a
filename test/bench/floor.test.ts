import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainScript, stacksIn, type Stack } from '../../bench/floor';
import type { Environment } from '../../environments/schema';
import { loadEnvironment } from '../../environments/load';
import { synthesize } from '../../stacks/synthesize';
import { packageFile } from '../../terraform/package-root';
import { wholeLadder } from '../support/project';
import { scratch } from '../support/scratch';

/** What the floor's script writes, by stack. */
function floorOf(stacks: readonly Stack[]): Record<string, unknown> {
  const room = scratch();
  const script = join(room, 'floor.js');
  writeFileSync(script, plainScript(stacks));
  (require(script) as { readonly ladder: (outdir: string) => void }).ladder(join(room, 'out'));
  return Object.fromEntries(
    stacks.map(({ id }) => [id, JSON.parse(readFileSync(join(room, 'out', 'stacks', id, 'cdk.tf.json'), 'utf8')) as unknown]),
  );
}

/** Without CDKTF's notes on where a construct stands, which differ because the floor has no constructs of its own. */
function withoutNotes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNotes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '//')
      .map(([key, each]) => [key, withoutNotes(each)]),
  );
}

const app = {
  image: 'ghcr.io/example/app:1.0.0',
  port: 8080,
  healthPath: '/healthz',
  settings: { GREETING: 'a "quoted" ${word} `x` \\ end$' },
  secrets: ['SESSION_KEY'],
};

const environments: readonly (readonly [string, Partial<Environment>])[] = [
  ['local state', { tier: 'tier1', app }],
  [
    'state in Spaces, alerts, two channel keys',
    {
      tier: 'tier3',
      app,
      channelKeys: [1, 2],
      alerts: { emails: ['ops@example.com'] },
      state: { backend: 'spaces', bucket: 'states', region: 'fra1', key: 'sample.tfstate' },
    },
  ],
  ['Amazon Web Services', { tier: 'tier3', platform: 'aws', region: 'eu-central-1', app, alerts: { emails: ['ops@example.com'] } }],
];

test.each(environments)('the floor writes the very same elements as we do: %s', (_name, overrides) => {
  const { tiers } = wholeLadder(overrides);
  const floor = floorOf(tiers);
  for (const { id, json } of tiers) expect(withoutNotes(floor[id])).toEqual(withoutNotes(json));
});

test.each(['digitalocean-tier5', 'aws-tier6'])('the same of every stack of %s', (example) => {
  const { environment } = loadEnvironment(packageFile(`environments/examples/${example}.yaml`), { cwd: scratch() });
  const project = scratch();
  synthesize(environment, { project });
  const stacks = stacksIn(join(project, 'cdktf.out'));
  expect(stacks.map(({ id }) => id)).toContain(`${environment.tier}-workloads`);
  const floor = floorOf(stacks);
  for (const { id, json } of stacks) expect([id, withoutNotes(floor[id])]).toEqual([id, withoutNotes(json)]);
});

test('the floor refers to what it made, in texts and in functions too', () => {
  const script = plainScript(wholeLadder({ tier: 'tier3', app }).tiers);
  expect(script).not.toMatch(/\$\{digitalocean_|jsonencode\(digitalocean_|\$\{var\.secret/);
  expect(script).toContain('"vpcUuid": digitalocean_vpc_network.getStringAttribute("id")');
});
