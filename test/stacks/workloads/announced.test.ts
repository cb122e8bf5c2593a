import type { Environment } from '../../../environments/schema';
import { synthesize, type SynthesizedTier } from '../../../stacks/synthesize';
import { isRecord } from '../../../values/record';
import { sampleEnvironment } from '../../support/environments';
import { scratch } from '../../support/scratch';

// What a layer announces and nobody reads is a part that is built, paid for, and reached by no pod. That what is read is announced too stands
// in `synthesis.test.ts`.

const onDigitalocean: Partial<Environment> = { tier: 'tier5', region: 'tor1', regions: ['ams3'], load: { dailyUsers: 100_000 } };
const onAws: Partial<Environment> = { ...onDigitalocean, platform: 'aws', region: 'us-east-1', regions: ['us-west-2'] };
const overClouds: Partial<Environment> = { ...onAws, tier: 'tier6', load: { dailyUsers: 1_000_000 } };

const environments: Readonly<Record<string, Partial<Environment>>> = {
  'tier 5 on DigitalOcean': onDigitalocean,
  'tier 5 on AWS': onAws,
  'tier 6 with Aurora DSQL': { ...overClouds, database: { engine: 'aurora-dsql' } },
  'tier 6 with Citus': { ...overClouds, database: { engine: 'citus' } },
  'tier 6 with AlloyDB': { ...overClouds, database: { engine: 'alloydb' } },
  'tier 6 with Spanner': { ...overClouds, database: { engine: 'spanner' } },
  'tier 6 with shards': { ...overClouds, database: { engine: 'shards' } },
};

interface ForPeople {
  /** Layer, output, and the way to the field. */
  readonly told: string;
  readonly why: string;
  /** Where alone nothing reads it. @default - nowhere is it read */
  readonly only?: RegExp;
}

const forPeople: readonly ForPeople[] = [
  { told: 'platform url', why: 'A person opens it.' },
  { told: 'platform address', why: 'Where the domain points; a person checks it.', only: /DigitalOcean/ },
  { told: 'platform name_servers', why: 'A person gives them to the registrar.', only: /AWS|tier 6/ },
  { told: 'platform operator_roles REGION', why: 'A person takes the role to look into a cluster.', only: /AWS|tier 6/ },
  { told: 'platform database_first_statements', why: 'An administrator runs them once: no provider speaks SQL.', only: /Aurora/ },
  {
    told: 'platform entry',
    why: 'Traffic is split in tiers over two clouds; in others a person asks it past the domain.',
    only: /5 on AWS/,
  },
  { told: 'platform clusters REGION id', why: 'Each cloud says all that token programs take; only doctl takes an id.', only: /AWS|tier 6/ },
  { told: 'platform clusters REGION name', why: 'Likewise; only aws takes a name.', only: /DigitalOcean/ },
  { told: 'google distributed_sql user', why: 'Each engine says all that clients sign in with; Spanner knows no user.', only: /Spanner/ },
  { told: 'google clusters REGION id', why: "Likewise; GKE's program takes neither.", only: /tier 6/ },
  { told: 'google clusters REGION name', why: 'Likewise.', only: /tier 6/ },
];

test.each(Object.keys(environments))('%s: all that a layer announces is read by a further one, or written for people', (name) => {
  const tier = synthesize(sampleEnvironment(environments[name]), { project: scratch(), recordedOnly: true }).recorded;
  const listed = forPeople.filter(({ only }) => only?.test(name) ?? true).map(({ told }) => told);
  expect(unread(tier)).toEqual(listed.sort());
});

test('sees a field that nobody reads, and one that is read in a text within a text', () => {
  const json = { output: { cache: { value: { host: 'h', 'shard-1': { port: 1, spare: 2 } } } } };
  const asked = JSON.stringify({ port: '${data.terraform_remote_state.platform.outputs.cache["shard-1"].port}' });
  const layers = [{ id: 'tier-workloads', json: { values: [asked, '${data.terraform_remote_state.platform.outputs.cache.host}'] } }];
  expect(unread({ json, layers })).toEqual(['platform cache shard-1 spare']);
});

/** Fields of outputs that no further layer reads, whatever the region. */
function unread({ json, layers }: Announcing): readonly string[] {
  const google = layers.filter(({ id }) => id.endsWith('-google'));
  const text = JSON.stringify(layers.map((layer) => layer.json)).replaceAll('\\', '');
  const found = [...unreadOf('platform', json, text), ...google.flatMap((layer) => unreadOf('google', layer.json, text))];
  return [...new Set(found)].sort();
}

interface Announcing {
  readonly json: SynthesizedTier['json'];
  readonly layers: readonly Pick<SynthesizedTier['layers'][number], 'id' | 'json'>[];
}

function unreadOf(state: string, json: Announcing['json'], text: string): readonly string[] {
  const read = new Set(
    [...text.matchAll(new RegExp(`remote_state\\.${state}\\.outputs((?:\\.\\w+|\\["[^"]+"\\])+)`, 'g'))].map(([, path]) =>
      wayOf(path ?? ''),
    ),
  );
  const outputs = Object.entries((json['output'] ?? {}) as Record<string, { readonly value: unknown }>);
  return outputs
    .flatMap(([name, { value }]) => fieldsOf(value, [name]))
    .filter((field) => !field.some((_, depth) => read.has(field.slice(0, depth + 1).join(' '))))
    .map((field) => [state, ...field.map((part) => part.replace(region, 'REGION'))].join(' '));
}

/** `.shards["shard-1"].host` as `shards shard-1 host`. */
function wayOf(path: string): string {
  return [...path.matchAll(/\.(\w+)|\["([^"]+)"\]/g)].map(([, plain, quoted]) => plain ?? quoted).join(' ');
}

/** `us-east-1`, `us-east4`, `tor1` */
const region = /^[a-z]{2,}-[a-z]+-?\d$|^[a-z]{3}\d$/;

function fieldsOf(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  return isRecord(value) ? Object.entries(value).flatMap(([key, inner]) => fieldsOf(inner, [...path, key])) : [path];
}
