import fc from 'fast-check';
import { stringify } from 'yaml';
import { awsRegions } from '../../catalog/aws';
import { regions, spacesRegions } from '../../catalog/digitalocean';
import { checkEnvironment } from '../../environments/check';
import { whyNotSetting } from '../../environments/grammar/text';
import type { Environment, StateBackend } from '../../environments/schema';
import { deployableRoadmaps, reservedSettingPrefix, reservedSettings, reservedTags } from '../../environments/vocabulary';
import { platforms, tierIds } from '../../tiers/tier';
import { publicKey } from './public-key';

/** A valid environment: what stands in the file, and what must come out of it. */
export interface GeneratedEnvironment {
  /** The file, `environments/<name>.yaml`. */
  readonly text: string;
  /** What loading it gives, defaults filled in. */
  readonly environment: Environment;
}

/** Valid environments over all fields, optional ones present and absent, with settings as odd as they may be. */
export function arbitraryEnvironment(): fc.Arbitrary<GeneratedEnvironment> {
  return fc
    .record(
      { ...required, ...optional, state, disposable: fc.constant(true) },
      { requiredKeys: [...(Object.keys(required) as (keyof typeof required)[]), 'state'] },
    )
    .map(generated);
}

/** Names that must stand beside each other are made first and put together at the end. */
function generated({ state: { backend, folder, ...rest }, disposable, app, ...drawn }: Drawn): GeneratedEnvironment {
  const fields = drawn.platform === 'aws' ? { ...drawn, ...onAws(drawn) } : drawn;
  const place = folder === undefined ? {} : { [backend === 'local' ? 'path' : 'key']: `${folder}${fields.name}.tfstate` };
  const written = {
    ...fields,
    app: appOf(app),
    state: { backend, ...place, ...rest },
    ...(disposable === undefined ? {} : { disposable: fields.name }),
  };
  const checked = checkEnvironment(written);
  if (!('environment' in checked))
    throw new Error(`the generator made an environment that is refused: ${checked.findings.map((each) => each.message).join(' ')}`);
  return { text: stringify(written), environment: checked.environment };
}

/** AWS has regions of its own, and shorter names. */
function onAws({ name, namePrefix, region }: Pick<Drawn, 'name' | 'namePrefix' | 'region'>): Pick<Drawn, 'name' | 'namePrefix' | 'region'> {
  const slugs = awsRegions().map(({ slug }) => slug);
  const cut = (text: string, longest: number) => text.slice(0, longest).replace(/-$/, '0');
  return { name: cut(name, 15), namePrefix: cut(namePrefix, 13), region: slugs[region.length % slugs.length] ?? 'us-east-1' };
}

type Drawn = Omit<{ [K in keyof typeof required]: (typeof required)[K] extends fc.Arbitrary<infer T> ? T : never }, 'state'> & {
  state: { backend: StateBackend['backend']; folder?: string };
  disposable?: true;
};

function appOf({ names, secretsFrom, ...app }: DrawnApp): Record<string, unknown> {
  const plain = names.slice(0, secretsFrom).map(({ name, value }) => [name, value]);
  const secrets = names.slice(secretsFrom).map(({ name }) => name);
  return { ...app, ...(plain.length > 0 ? { settings: Object.fromEntries(plain) } : {}), ...(secrets.length > 0 ? { secrets } : {}) };
}

interface DrawnApp {
  image: string;
  registry?: { server: string; username: string };
  port?: number;
  healthPath?: string;
  names: { name: string; value: string }[];
  secretsFrom: number;
}

/** Values that Terraform, CDKTF, Compose, a shell or YAML would each like to change. */
const temptations = [
  '',
  '${TfToken[TOKEN.0]}',
  '${var.password}',
  '${aws_instance.a.id}',
  '$${x}',
  '%{ if true }',
  '$HOME',
  '$$',
  '`id`',
  '$(id)',
  '"',
  "'",
  'a\nb\n',
  ' a ',
  '# no comment',
  'yes',
  'null',
  '~',
  '0644',
  '1.10',
  '1e3',
  '{"a": [1]}',
  '&a',
  '*a',
  '!x',
  '- a',
  'a: b',
  '\\n',
  '\t',
  '\u2028',
  '🙂',
  '{{ x }}',
  '<<EOF',
];

// Of all characters: laid out when this is loaded, for longer than most tests take. What draws nothing loads `environments` alone.
const character = { grapheme: fc.string({ unit: 'grapheme', maxLength: 30 }), binary: fc.string({ unit: 'binary', maxLength: 10 }) };
const settingValue = fc
  .oneof(fc.constantFrom(...temptations), character.grapheme, character.binary)
  .filter((value) => whyNotSetting(value) === undefined);
const settingName = letters('ABCXYZ', 'ABCXYZ019_', 20).filter(
  (name) => !Object.hasOwn(reservedSettings, name) && !name.startsWith(reservedSettingPrefix),
);

const longName = kebabNames(31);
const share = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000);
const count = fc.nat(10_000);

const app: fc.Arbitrary<DrawnApp> = fc.record(
  {
    image: fc
      .tuple(
        fc.constantFrom('', 'ghcr.io/', 'localhost:5000/', 'registry.digitalocean.com/'),
        fc.constantFrom('app', 'example/deadlock-coach', 'a/b/c', 'a__b.c-d/e--f'),
        fc.constantFrom('', ':latest', ':1.4.2', ':v2_rc-1'),
        fc.constantFrom('', `@sha256:${'0f'.repeat(32)}`),
      )
      .map((parts) => parts.join('')),
    registry: fc.record({
      server: fc.constantFrom('ghcr.io', 'registry.digitalocean.com'),
      username: fc.constantFrom('bot', 'ada@example.com', 'robot+pull'),
    }),
    port: fc.integer({ min: 1, max: 65_535 }),
    healthPath: letters('/', 'azAZ09._~/-', 30).map((path) => path.replace('~', '%20')),
    names: fc.uniqueArray(fc.record({ name: settingName, value: settingValue }), { maxLength: 8, selector: (each) => each.name }),
    secretsFrom: fc.nat(8),
  },
  { requiredKeys: ['image', 'names', 'secretsFrom'] },
);

const sshKeys = fc
  .uniqueArray(
    fc.record({ person: longName, fill: fc.nat(255), rsa: fc.boolean(), comment: fc.constantFrom('', 'someone@example', 'a b c') }),
    { maxLength: 3, selector: (each) => each.fill },
  )
  .map((people) => Object.fromEntries(people.map(({ person, fill, rsa, comment }) => [person, madeUpKey(fill, rsa, comment)])));

const group = fc.integer({ min: 1, max: 0xffff }).map((value) => value.toString(16));
const cidr = fc.oneof(
  fc
    .tuple(fc.nat(2 ** 32 - 1), fc.integer({ min: 8, max: 32 }))
    .map(([bits, length]) => `${dottedQuad(Math.floor(bits / 2 ** (32 - length)) * 2 ** (32 - length))}/${length}`),
  fc.array(group, { minLength: 4, maxLength: 4 }).map((groups) => `${groups.join(':')}::/64`),
  fc.array(group, { minLength: 8, maxLength: 8 }).map((groups) => `${groups.join(':')}/128`),
);

const required = {
  name: longName,
  roadmap: fc.constantFrom(...deployableRoadmaps),
  tier: fc.constantFrom(...tierIds),
  platform: fc.oneof(
    { weight: 8, arbitrary: fc.constant('digitalocean' as const) },
    { weight: 1, arbitrary: fc.constantFrom(...platforms) },
  ),
  region: fc.constantFrom(...regions().map((region) => region.slug)),
  // With the longest name it is as long as both may be together.
  namePrefix: kebabNames(13),
  domain: fc
    .tuple(fc.array(letters('abz09', 'abz09', 10), { minLength: 1, maxLength: 4 }), fc.constantFrom('example', 'com', 'xn--p1ai'))
    .map(([labels, last]) => [...labels, last].join('.')),
  app,
  load: fc.record(
    {
      dailyUsers: fc.oneof(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 1e9 })),
      requestsPerUser: count,
      peakFactor: share.map((part) => 1 + 99 * part),
      concurrentShare: share,
      responseKilobytes: count,
      storageKilobytesPerUser: count,
      completionsPerUser: count,
      tokensPerCompletion: count,
    },
    { requiredKeys: ['dailyUsers'] },
  ),
};

const optional = {
  access: fc.record({ sshKeys, allowedCidrs: fc.uniqueArray(cidr, { maxLength: 4 }) }, { requiredKeys: [] }),
  budget: fc.record({
    monthly: fc.oneof(
      fc.integer({ min: 1, max: 99_999 }),
      fc.integer({ min: 1, max: 9_999_999 }).map((cents) => (cents / 100).toFixed(2)),
    ),
  }),
  gpu: fc.record(
    {
      sizes: fc.uniqueArray(fc.constantFrom('gpu-6000adax1-48gb', 'gpu-h100x1-80gb', 'gpu-none'), { minLength: 1, maxLength: 2 }),
      spot: fc.boolean(),
      otherwise: fc.constantFrom('refuse', 'cpu', 'api'),
    },
    { requiredKeys: [] },
  ),
  // Other engines are a choice of the upper tiers only.
  database: fc.record({ engine: fc.constant('shards') }, { requiredKeys: [] }),
  alerts: fc.record(
    { emails: fc.uniqueArray(fc.constantFrom('ops@deadlock-coach.example', 'a.b+c@mail.example.com'), { maxLength: 2 }) },
    { requiredKeys: [] },
  ),
  generations: fc.dictionary(
    fc.oneof(fc.constantFrom('database', 'cache', 'inference', 'app'), longName),
    fc.integer({ min: 1, max: 999 }),
    { maxKeys: 4, noNullPrototype: true },
  ),
  channelKeys: fc.tuple(fc.integer({ min: 1, max: 9998 }), fc.boolean()).map(([key, rotating]) => (rotating ? [key, key + 1] : [key])),
  tags: fc.dictionary(
    letters('abz', 'abz09_-', 20).filter((key) => !reservedTags.some((reserved) => reserved === key)),
    letters('aZ0_:-', 'aZ0_:-', 40),
    { maxKeys: 4, noNullPrototype: true },
  ),
};

const folder = fc.constantFrom('', '.terrace/', 'state/of/');
const bucket = fc.tuple(letters('ab09', 'ab09-', 40), fc.constantFrom('x0', '-state')).map((parts) => parts.join(''));
const state = fc.oneof(
  fc.record({ backend: fc.constant('local' as const), folder }, { requiredKeys: ['backend'] }),
  fc.record(
    { backend: fc.constant('s3' as const), folder, bucket, region: fc.constantFrom('eu-central-1', 'us-east-1', 'us-gov-west-1') },
    { requiredKeys: ['backend', 'bucket', 'region'] },
  ),
  fc.record(
    { backend: fc.constant('spaces' as const), folder, bucket, region: fc.constantFrom(...spacesRegions()) },
    { requiredKeys: ['backend', 'bucket', 'region'] },
  ),
);

function kebabNames(longest: number): fc.Arbitrary<string> {
  return fc
    .array(letters('abcz', 'abz09', 8), { minLength: 1, maxLength: 4 })
    .map((words) => words.join('-').slice(0, longest).replace(/-$/, '').padEnd(2, '0'));
}

/** A text that begins with one of some characters and goes on with others. Much faster than a generator from a pattern. */
function letters(first: string, others: string, longest: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...first), fc.array(fc.constantFrom(...others), { maxLength: longest - 1 }))
    .map(([head, tail]) => head + tail.join(''));
}

function madeUpKey(fill: number, rsa: boolean, comment: string): string {
  const modulus = Buffer.concat([Buffer.from([0, 0x80 + (fill % 128)]), Buffer.alloc(255, fill)]);
  return rsa
    ? publicKey('ssh-rsa', [Buffer.from([1, 0, 1]), modulus], comment)
    : publicKey('ssh-ed25519', [Buffer.alloc(32, fill)], comment);
}

function dottedQuad(bits: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(bits / 2 ** shift) % 256).join('.');
}
