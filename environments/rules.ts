import type { z } from 'zod';
import type { DatabaseEngine } from '../components/distributed-database';
import { shardNames } from '../components/shard-map';
import { ladder } from '../tiers';
import type { PlatformId, TierId } from '../tiers/tier';
import { nearest } from '../values/nearest';
import { type Finding, finding, quote } from './finding';
import { gpuAtGoogle, gpuOptions } from './gpu-rules';
import { leavingFindings, regionAgain, unknownRegion } from './region-rules';
import { repeated } from './repeated';
import { reservedName } from './reserved';
import { serviceFindings } from './services-rules';
import { servicesForRules } from './services-schema';
import { sshKeyIdentity } from './grammar/ssh';
import { homeOf } from './places';
import { databaseSchema } from './database-schema';
import { accessSchema, alertsSchema, appSchema, environmentSchema, type promotionSchema } from './schema';
import { reservedTags } from './vocabulary';

/** A field that a rule reads: where it stands and what it must be before the rule can say anything. */
interface Field<T> {
  readonly path: readonly string[];
  readonly schema: z.ZodType<T>;
}

type Values<F extends readonly Field<unknown>[]> = { -readonly [I in keyof F]: F[I] extends Field<infer T> ? T : never };

type Rule = (value: unknown) => readonly Finding[];

const top = environmentSchema.shape;
const name = field(['name'], top.name);
const platform = field(['platform'], top.platform.transform(homeOf));
const settings = field(['app', 'settings'], appSchema.shape.settings);
const secrets = field(['app', 'secrets'], appSchema.shape.secrets);

/** Rules between fields. Each runs as soon as the fields it reads are fine, whatever else is wrong. */
const rules: readonly Rule[] = [
  rule([platform, field(['region'], top.region)], (home, region) => unknownRegion(home, region)),
  rule([platform, field(['regions'], top.regions)], (home, regions) =>
    (regions ?? []).flatMap((each, index) => unknownRegion(home, each, ['regions', index])),
  ),
  rule([field(['platform'], top.platform)], (given) => (typeof given === 'string' ? [] : strangers(given))),
  rule([field(['region'], top.region), field(['regions'], top.regions)], (region, regions) => regionAgain(region, regions ?? [])),
  rule([platform, field(['region'], top.region), field(['leavingRegions'], top.leavingRegions)], (cloud, region, leaving) =>
    leavingFindings(cloud, region, leaving ?? []),
  ),
  rule([name, field(['disposable'], top.disposable)], (environment, disposable) =>
    disposable === undefined || disposable === environment ? [] : [notItsOwnName(environment, disposable)],
  ),
  rule([name, field(['namePrefix'], top.namePrefix), platform], namesTooLong),
  rule([name], (environment) => (layerName.test(environment) ? [namedLikeLayer(environment)] : [])),
  rule([name, field(['state'], top.state)], (environment, state) =>
    state.backend === 'local' ? foreignState(environment, 'path', state.path) : foreignState(environment, 'key', state.key),
  ),
  rule([settings], (given) => Object.keys(given).flatMap((key) => reservedName(key, ['app', 'settings', key], 'key'))),
  rule([secrets], (given) => given.flatMap((key, index) => reservedName(key, ['app', 'secrets', index], 'value'))),
  rule([settings, secrets], (plain, secret) =>
    secret.flatMap((key, index) => (Object.hasOwn(plain, key) ? [plainAndSecret(key, index)] : [])),
  ),
  rule([field(['database', 'shards'], databaseSchema.shape.shards)], (given) =>
    given === undefined ? [] : gapInShards(Object.keys(given)),
  ),
  rule(
    [field(['database', 'engine'], databaseSchema.shape.engine), field(['database', 'storageTib'], databaseSchema.shape.storageTib)],
    (engine, given) => (given === undefined || engine === 'aurora-dsql' ? [] : [storageOfShards(given)]),
  ),
  rule(
    [field(['database', 'engine'], databaseSchema.shape.engine), field(['database', 'witness'], databaseSchema.shape.witness)],
    (engine, given) => (given === undefined || engine === 'aurora-dsql' ? [] : [nothingToWitness(given)]),
  ),
  rule(
    [field(['tier'], top.tier), field(['promotion'], top.promotion), field(['database', 'engine'], databaseSchema.shape.engine)],
    (tier, promotion, engine) => engineNotOffered([tier, ...(promotion === undefined ? [] : [promotion.to])], engine),
  ),
  rule([secrets], (given) => repeated(given, ['app', 'secrets'])),
  rule(
    [field(['services'], servicesForRules), settings, secrets, field(['app', 'healthPath'], appSchema.shape.healthPath)],
    (services, plain, secret, healthPath) => serviceFindings(services ?? {}, { settings: plain, secrets: secret }, healthPath),
  ),
  rule([field(['gpu'], top.gpu), platform], gpuOptions),
  rule([field(['gpu'], top.gpu), field(['platform'], top.platform)], gpuAtGoogle),
  rule([platform, field(['app', 'secretsFrom'], appSchema.shape.secretsFrom)], (home, from) =>
    from !== 'manager' || home === 'aws' ? [] : [noManager(home)],
  ),
  rule([field(['access', 'allowedCidrs'], accessSchema.shape.allowedCidrs)], (given) => repeated(given, ['access', 'allowedCidrs'])),
  rule([field(['alerts', 'emails'], alertsSchema.shape.emails)], (given) => repeated(given, ['alerts', 'emails'])),
  rule([field(['access', 'sshKeys'], accessSchema.shape.sshKeys)], sharedKeys),
  rule([field(['channelKeys'], top.channelKeys)], (given) => (isRotation(given) ? [] : [noRotation(given)])),
  rule([field(['tags'], top.tags)], (given) => Object.keys(given).filter(isReservedTag).map(reservedTag)),
  rule([field(['tier'], top.tier), platform, field(['promotion'], top.promotion)], promotionFindings),
];

/** What is wrong between the fields of an environment that may have other faults too. */
export function crossFindings(value: unknown): readonly Finding[] {
  return rules.flatMap((check) => check(value));
}

function field<T>(path: readonly string[], schema: z.ZodType<T>): Field<T> {
  return { path, schema };
}

function rule<const F extends readonly Field<unknown>[]>(fields: F, find: (...values: Values<F>) => readonly Finding[]): Rule {
  return (value) => {
    const parsed = fields.map(({ path, schema }) => schema.safeParse(at(value, path)));
    return parsed.every((each) => each.success) ? find(...(parsed.map((each) => each.data) as Values<F>)) : [];
  };
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}

/** A promotion goes to another tier, to another platform, or to both; a region belongs to the platform it moves to. */
function promotionFindings(tier: string, platform: string, promotion: z.output<typeof promotionSchema> | undefined): readonly Finding[] {
  if (promotion === undefined) return [];
  const moves = promotion.platform !== undefined && promotion.platform !== platform;
  return [
    ...(promotion.to === tier && !moves
      ? [
          finding(
            'PROMOTION_NOWHERE',
            ['promotion', 'to'],
            `promotion.to is ${quote(tier)}, where the environment is. Take promotion out, or name another tier or platform.`,
          ),
        ]
      : []),
    ...(promotion.platform === platform
      ? [
          finding(
            'PROMOTION_PLATFORM',
            ['promotion', 'platform'],
            `promotion.platform is ${quote(platform)}, where the environment is. Leave it out.`,
          ),
        ]
      : []),
    ...(moves !== (promotion.region !== undefined) && promotion.platform !== platform
      ? [
          finding(
            'PROMOTION_REGION',
            ['promotion', moves ? 'platform' : 'region'],
            'promotion.platform and promotion.region belong together. Give both, or neither.',
          ),
        ]
      : []),
  ];
}

/** A place for a component that no tier has is a slip, from which nothing would follow. */
function strangers({ default: _home, ...named }: Readonly<Record<string, unknown>>): readonly Finding[] {
  const known = [...new Set(ladder.flatMap(({ components }) => components.map(({ id }) => id)))];
  return Object.keys(named).flatMap((id) => {
    if (known.includes(id)) return [];
    const near = nearest(id, known);
    const cure = near === undefined ? 'Remove it.' : `Did you mean ${near}?`;
    return [
      {
        ...finding(
          'UNKNOWN_FIELD',
          ['platform', id],
          `platform.${id} is no component of any tier. Allowed: default, ${known.join(', ')}. ${cure}`,
        ),
        target: 'key' as const,
      },
    ];
  });
}

/** An engine is a choice of tiers that offer it, and of the one below, from which a promotion goes there. */
function engineNotOffered(tiers: readonly TierId[], engine: DatabaseEngine): readonly Finding[] {
  const offering = ladder.flatMap(({ id, components }, index) =>
    components.some((each) => each.kind === 'distributed-database' && engine in each.offers) ? [id, ladder[index - 1]?.id] : [],
  );
  if (engine === 'shards' || tiers.some((tier) => offering.includes(tier))) return [];
  const [first] = offering;
  return [
    finding(
      'ENGINE',
      ['database', 'engine'],
      `database.engine is ${quote(engine)}, which ${tiers.join(' and ')} does not offer. Allowed there: shards, or no line at all. ${first ?? 'No tier'} offers it.`,
    ),
  ];
}

/** Shards are named in the order in which they came, and none goes. */
function gapInShards(names: readonly string[]): readonly Finding[] {
  const expected = shardNames(names.length);
  if (names.length > 0 && expected.every((name) => names.includes(name))) return [];
  return [
    finding(
      'SHARDS',
      ['database', 'shards'],
      `database.shards names ${names.length === 0 ? 'none' : names.join(', ')}. Allowed: shard-1 and every one after it without a gap, as many as there are.`,
    ),
  ];
}

function noManager(platform: PlatformId): Finding {
  return finding(
    'NO_SECRET_MANAGER',
    ['app', 'secretsFrom'],
    `app.secretsFrom is "manager", which ${platform} has none of that Terrace knows. Allowed there: pipeline.`,
  );
}

/** Shards grow by themselves, as far as the tier lets them. */
function storageOfShards(given: number): Finding {
  return finding(
    'STORAGE_QUOTA',
    ['database', 'storageTib'],
    `database.storageTib is ${given}, a quota that only database.engine aurora-dsql has. Remove it.`,
  );
}

/** Other engines have no log that a third region could keep. */
function nothingToWitness(given: string): Finding {
  return finding(
    'WITNESS_OF_NOTHING',
    ['database', 'witness'],
    `database.witness is ${quote(given)}, a region that only database.engine aurora-dsql has. Remove it.`,
  );
}

/** What the states of an environment's further layers are called after it: `production-workloads.tfstate`, `production-workloads-g2.tfstate`. */
const layerName = /-(?:workloads|google)(?:-g\d+)?$/;

/** Two environments would share one state. */
function namedLikeLayer(environment: string): Finding {
  return finding(
    'NAME_OF_LAYER',
    ['name'],
    `name is ${quote(environment)}. Allowed: a name that does not end in -workloads or -google, with or without a generation like -g2: the state of another environment's layer is called so.`,
  );
}

function notItsOwnName(environment: string, disposable: string): Finding {
  return finding(
    'NOT_DISPOSABLE',
    ['disposable'],
    `disposable is ${quote(disposable)}. Allowed: the environment's own name, ${environment}. Leave the line out if its data matters.`,
  );
}

/** Most characters of name and prefix together, and why. */
interface Longest {
  readonly characters: number;
  readonly because: string;
}

/**
 * A server is called `<prefix>-<name>-inference-g999-10` at the longest, which is its host name too: 63 characters (RFC 1123, 2.1).
 * Volumes end at 64 and buckets at 63, and have shorter endings.
 */
const hostNames: Longest = {
  characters: 63 - '-'.length - '-inference-g999-10'.length,
  because: 'both begin the host names of servers, of 63 characters at most',
};

/** A cache is called `<prefix>-<name>-cache-g999`: 40 characters at most (ElastiCache, CreateReplicationGroup, ReplicationGroupId). */
const longestNames: Readonly<Partial<Record<PlatformId, Longest>>> = {
  aws: { characters: 40 - '-'.length - '-cache-g999'.length, because: 'both begin the names of caches on AWS, of 40 characters at most' },
};

function namesTooLong(environment: string, prefix: string, platform: PlatformId): readonly Finding[] {
  const { characters, because } = longestNames[platform] ?? hostNames;
  if (environment.length + prefix.length <= characters) return [];
  return [
    finding(
      'NAMES_TOO_LONG',
      ['namePrefix'],
      `namePrefix is ${quote(prefix)}, and with the name ${quote(environment)} it is ${prefix.length + environment.length} characters long. Allowed: ${characters} together, because ${because}. Shorten one of the two.`,
    ),
  ];
}

/** The state is found by the environment's name, so that a copied file never takes over another environment's resources. */
function foreignState(environment: string, key: 'path' | 'key', given: string | undefined): readonly Finding[] {
  const file = `${environment}.tfstate`;
  if (given === undefined || given.split('/').at(-1) === file) return [];
  return [
    finding(
      'FOREIGN_STATE',
      ['state', key],
      `state.${key} is ${quote(given)}. Allowed: a path that ends in ${file}, so that no other environment shares the state. Leave the line out for the default.`,
    ),
  ];
}

function plainAndSecret(key: string, index: number): Finding {
  return finding(
    'PLAIN_AND_SECRET',
    ['app', 'secrets', index],
    `app.secrets[${index}] is ${quote(key)}, which app.settings sets too. Remove one of the two; if its value is secret, also change the value.`,
  );
}

/** DigitalOcean keeps a key once per account, so one key under two names fails only when it is applied. */
function sharedKeys(sshKeys: Readonly<Record<string, string>>): readonly Finding[] {
  const people = Object.entries(sshKeys).map(([person, key]) => ({ person, identity: sshKeyIdentity(key) }));
  return people.flatMap(({ person, identity }) => {
    const owner = people.find((each) => each.identity === identity)?.person ?? person;
    return owner === person
      ? []
      : [
          finding(
            'REPEATED',
            ['access', 'sshKeys', person],
            `access.sshKeys.${person} is the same key as access.sshKeys.${owner}. Remove one of the two.`,
          ),
        ];
  });
}

function isRotation(keys: readonly number[]): boolean {
  const [first, second, ...rest] = keys;
  return first !== undefined && (second === undefined || (second === first + 1 && rest.length === 0));
}

function noRotation(keys: readonly number[]): Finding {
  return finding(
    'CHANNEL_KEYS',
    ['channelKeys'],
    `channelKeys is [${keys.slice(0, 10).join(', ')}]. Allowed: one number, or while keys rotate two that follow each other, like [1, 2].`,
  );
}

function isReservedTag(tag: string): boolean {
  return reservedTags.some((reserved) => reserved === tag);
}

function reservedTag(tag: string): Finding {
  return { ...finding('RESERVED_NAME', ['tags', tag], `tags.${tag} is set by Terrace itself. Take another name.`), target: 'key' };
}
