import type { Load } from '../../analysis/capacity';
import type { Problem } from '../../values/errors';
import { nearest } from '../../values/nearest';
import { isRecord } from '../../values/record';
import { factsNotValid } from './errors';

/** What is known of an environment's data. Where nobody said, the load model does. */
export interface Facts {
  readonly databaseGb: number;
  /** Transactions a second that write, at the peak. */
  readonly writesPerSecond: number;
  readonly objectsGb: number;
  readonly cacheGb: number;
  /** Whether what the cache holds can be lost, or is moved like data. */
  readonly cacheUse: 'cache' | 'state';
  /** Extensions that the database uses, for the page to name: whether the target has them, only the target says, before anything is copied. None are `met`. @default - nobody said */
  readonly extensions?: readonly string[];
  readonly tablesWithoutKey?: number;
  readonly largeObjects?: boolean;
  /** Moves the database by dump where logical replication could carry it too, or a provider withholds what that needs. */
  readonly databaseMove?: 'dump';
  /** The column by which rows are spread over shards. */
  readonly shardKey?: string;
  /** Milliseconds of a round trip between the old and the new side. */
  readonly roundTripMs?: number;
  /** Where each figure comes from, one sentence each. */
  readonly sources: readonly string[];
}

/** What a person gives, by flags or in a file. */
export type GivenFacts = Partial<Omit<Facts, 'sources'>>;

/** What of the facts says how data are moved, and not only how much there is: the plan and every run go by the same. */
export type Decided = Partial<Pick<Facts, 'databaseMove' | 'cacheUse' | 'shardKey'>>;

/** What says so: facts, or what a promotion was begun with. */
type Deciding = { readonly [Name in keyof Decided | 'largeObjects']?: Facts[Name] | undefined };

/** What facts decide. Large objects leave only the dump. */
export function decidedBy({ databaseMove, largeObjects, cacheUse, shardKey }: Deciding): Decided {
  const way = databaseMove ?? (largeObjects === true ? 'dump' : undefined);
  return {
    ...(way === undefined ? {} : { databaseMove: way }),
    ...(cacheUse === undefined ? {} : { cacheUse }),
    ...(shardKey === undefined ? {} : { shardKey }),
  };
}

type Kind = 'number' | 'texts' | 'count' | 'boolean' | 'text' | 'use' | 'way';

const fields: { readonly [Name in keyof GivenFacts]-?: Kind } = {
  databaseGb: 'number',
  writesPerSecond: 'number',
  objectsGb: 'number',
  cacheGb: 'number',
  cacheUse: 'use',
  extensions: 'texts',
  tablesWithoutKey: 'count',
  largeObjects: 'boolean',
  databaseMove: 'way',
  shardKey: 'text',
  roundTripMs: 'number',
};

const rules: Readonly<Record<Kind, { readonly allowed: string; readonly holds: (value: unknown) => boolean }>> = {
  number: { allowed: 'a number from 0 to 1000000', holds: (value) => typeof value === 'number' && value >= 0 && value <= 1e6 },
  count: {
    allowed: 'a whole number from 0 to 1000000',
    holds: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 1e6,
  },
  texts: { allowed: 'a list of names', holds: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string') },
  boolean: { allowed: 'true or false', holds: (value) => typeof value === 'boolean' },
  text: { allowed: 'the name of a column', holds: (value) => typeof value === 'string' && /^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(value) },
  use: { allowed: 'cache or state', holds: (value) => value === 'cache' || value === 'state' },
  way: { allowed: 'dump', holds: (value) => value === 'dump' },
};

/** Reads what a file or flags say. @param file where they stand, for errors @throws `PROMOTION_FACTS` with all problems */
export function readFacts(value: unknown, file?: string): GivenFacts {
  const problems = isRecord(value)
    ? Object.entries(value).flatMap(([name, given]) => factProblem(name, given))
    : [{ code: 'PROMOTION_FACT', message: `Facts are a mapping with ${Object.keys(fields).join(', ')}.` }];
  if (problems.length > 0) throw factsNotValid(file === undefined ? problems : problems.map((each) => inFile(each, file)));
  return value as GivenFacts;
}

function inFile({ where, ...rest }: Problem, file: string): Problem {
  return { ...rest, where: where === undefined ? file : `${file}: ${where}` };
}

function factProblem(name: string, given: unknown): readonly Problem[] {
  const kind = Object.hasOwn(fields, name) ? fields[name as keyof GivenFacts] : undefined;
  if (kind === undefined)
    return [
      {
        code: 'PROMOTION_FACT',
        where: name,
        message: `There is no fact "${name}". Allowed: ${Object.keys(fields).join(', ')}.${hint(name)}`,
      },
    ];
  return rules[kind].holds(given)
    ? []
    : [{ code: 'PROMOTION_FACT', where: name, message: `${name} is ${JSON.stringify(given)}. Allowed: ${rules[kind].allowed}.` }];
}

function hint(name: string): string {
  const near = nearest(name, Object.keys(fields));
  return near === undefined ? '' : ` Did you mean ${near}?`;
}

/** Fills in what nobody said from the load. */
export function factsFor(given: GivenFacts, load: Load): Facts {
  const defaults = {
    databaseGb: { value: load.storage.databasePerYear.value, source: 'what a year of the load adds' },
    writesPerSecond: { value: load.writes.peak.value, source: 'writes at the peak of the load' },
    objectsGb: { value: load.storage.objects.value, source: 'uploads that the load keeps' },
    cacheGb: { value: load.storage.cache.value, source: 'what the load keeps in a cache' },
  };
  const figures = Object.fromEntries(Object.entries(defaults).map(([name, { value }]) => [name, value])) as Pick<
    Facts,
    keyof typeof defaults
  >;
  const sources = Object.entries(defaults).map(([name, { value, source }]) =>
    name in given ? `${name} ${String(given[name as keyof GivenFacts])}: given` : `${name} ${shown(value)}: ${source} (load model)`,
  );
  return {
    cacheUse: 'cache',
    ...figures,
    ...given,
    sources: [
      ...sources,
      `cacheUse ${given.cacheUse ?? 'cache'}: ${given.cacheUse === undefined ? 'what a cache holds can be lost unless somebody says otherwise' : 'given'}`,
    ],
  };
}

function shown(value: number): string {
  return String(Number(value.toPrecision(3)));
}
