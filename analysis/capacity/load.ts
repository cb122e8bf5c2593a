import { vectorNodeLimits } from '../../catalog/data-services';
import type { LoadConstantValues } from '../../catalog/load';
import { measure, rate, type Measure, type Rate } from '../../values/measure';
import { checkLoad, type Basis, type CheckedLoad, type LoadInput } from './load-input';

const secondsPerDay = 86_400;
const daysPerYear = 365;

/** What a number of users asks of a system. Rates are averages over a month and the busiest hour. 1 GB is 10^9 bytes. */
export interface Load {
  readonly roadmap: string;
  readonly basis: Basis;
  readonly users: { readonly total: Measure<'users'>; readonly daily: Measure<'users'>; readonly concurrent: Measure<'users'> };
  readonly requests: Rate<'requests/s'>;
  readonly workflows: Rate<'workflows/s'>;
  /** Transactions that only read, before a cache. */
  readonly reads: Rate<'transactions/s'>;
  readonly writes: Rate<'transactions/s'>;
  /** What a cache is asked, if there is one: a session for each request, and every read. */
  readonly cacheOperations: Rate<'operations/s'>;
  readonly completions: Rate<'completions/s'>;
  /** Tokens that the language model writes. */
  readonly outputTokens: Rate<'tokens/s'>;
  /** Tokens that it reads. */
  readonly promptTokens: Rate<'tokens/s'>;
  /** Asked of a vector database. */
  readonly vectorQueries: Rate<'queries/s'>;
  /** Written to an event stream, if there is one. */
  readonly events: Rate<'messages/s'>;
  /** New TLS connections. */
  readonly handshakes: Rate<'handshakes/s'>;
  readonly uploads: Rate<'uploads/s'>;
  readonly bandwidth: Rate<'Mbit/s'>;
  /** At the peak. */
  readonly connections: {
    /** From users. */
    readonly clients: Measure<'connections'>;
    /** Requests that the application works on. */
    readonly inFlight: Measure<'connections'>;
    /** To the database: those in a transaction, and those held between transactions. */
    readonly database: Measure<'connections'>;
  };
  readonly storage: {
    /** What a year adds to the database. */
    readonly databasePerYear: Measure<'GB'>;
    /** Uploads that are kept. */
    readonly objects: Measure<'GB'>;
    /** What a cache keeps. */
    readonly cache: Measure<'GB'>;
  };
  readonly vectors: { readonly count: Measure<'vectors'>; readonly bytes: Measure<'GB'> };
  /** Everything it was computed with. */
  readonly constants: LoadConstantValues;
}

/**
 * The load that a number of users makes.
 * @throws TerraceError `CAPACITY_LOAD_NOT_VALID` with all problems
 */
export function loadOf(input: LoadInput): Load {
  return scaledLoad(checkLoad(input), 1);
}

/**
 * The load of a multiple of the users, with fractions of users where it must be: for finding where a limit binds.
 * Every figure is proportional to the users.
 */
export function scaledLoad(checked: CheckedLoad, factor: number): Load {
  const { constants: c, roadmap, basis } = checked;
  const users = population(checked, factor);
  const requests = requestRate(users, c);
  const workflows = daily(users.daily * c.workflowsPerUser, c, 'workflows/s');
  const transactions = {
    average: requests.average.value * c.queriesPerRequest + workflows.average.value * c.queriesPerWorkflow,
    peak: requests.peak.value * c.queriesPerRequest + workflows.peak.value * c.queriesPerWorkflow,
  };
  const reads = part(transactions, c.readShare, 'transactions/s');
  const completions = daily(users.daily * c.completionsPerUser, c, 'completions/s');
  return {
    roadmap,
    basis,
    users: { total: measure(users.total, 'users'), daily: measure(users.daily, 'users'), concurrent: measure(users.concurrent, 'users') },
    requests,
    workflows,
    reads,
    completions,
    writes: part(transactions, 1 - c.readShare, 'transactions/s'),
    cacheOperations: rate(requests.average.value + reads.average.value, requests.peak.value + reads.peak.value, 'operations/s'),
    outputTokens: times(completions, c.tokensPerCompletion, 'tokens/s'),
    promptTokens: times(completions, c.promptTokensPerCompletion, 'tokens/s'),
    vectorQueries: vectorQueryRate(users.total, c),
    events: times(requests, c.eventsPerRequest, 'messages/s'),
    handshakes: times(requests, 1 / c.requestsPerConnection, 'handshakes/s'),
    uploads: daily(users.daily * c.uploadsPerUser, c, 'uploads/s'),
    bandwidth: times(requests, (c.responseKilobytes * 8) / 1000, 'Mbit/s'),
    connections: {
      clients: measure(users.concurrent, 'connections'),
      inFlight: measure(requests.peak.value * c.responseSeconds, 'connections'),
      database: measure(transactions.peak * c.transactionSeconds + users.concurrent * c.heldConnections, 'connections'),
    },
    storage: storageOf(users.daily, c),
    vectors: vectorsOf(users.total, c),
    constants: c,
  };
}

interface Population {
  readonly total: number;
  readonly daily: number;
  readonly concurrent: number;
}

/** What was counted is taken as it is; the rest follows by the shares. Only fewer people are fewer than their part. */
function population({ counts, constants: { activeShare, concurrentShare } }: CheckedLoad, factor: number): Population {
  const dailyUsers =
    counts.daily ?? (counts.total === undefined ? over(counts.concurrent ?? 0, concurrentShare) : counts.total * activeShare);
  const total = counts.total ?? Math.max(over(dailyUsers, activeShare), dailyUsers);
  const concurrent = counts.concurrent ?? dailyUsers * concurrentShare;
  return { total: total * factor, daily: dailyUsers * factor, concurrent: concurrent * factor };
}

/** Of a share of nothing nobody can be counted back. */
function over(part_: number, share: number): number {
  return share === 0 ? part_ : part_ / share;
}

/**
 * Two ways to the peak: requests of a day, concentrated; and users who are there, each at their pace. The larger counts,
 * because a limit that either reaches is reached.
 */
function requestRate(users: Population, c: LoadConstantValues): Rate<'requests/s'> {
  const average = (users.daily * c.requestsPerUser) / secondsPerDay;
  return rate(average, Math.max(average * c.peakFactor, (users.concurrent * c.requestsPerMinute) / 60), 'requests/s');
}

/** So many things on a day, as a rate. */
function daily<U extends Parameters<typeof rate>[2]>(things: number, { peakFactor }: LoadConstantValues, unit: U): Rate<U> {
  return rate(things / secondsPerDay, (things * peakFactor) / secondsPerDay, unit);
}

function times<U extends Parameters<typeof rate>[2]>(
  { average, peak }: Rate<Parameters<typeof rate>[2]>,
  factor: number,
  unit: U,
): Rate<U> {
  return rate(average.value * factor, peak.value * factor, unit);
}

function part<U extends Parameters<typeof rate>[2]>(
  { average, peak }: { readonly average: number; readonly peak: number },
  share: number,
  unit: U,
): Rate<U> {
  return rate(average * share, peak * share, unit);
}

const kilobytesPerGb = 1e6;

function storageOf(dailyUsers: number, c: LoadConstantValues): Load['storage'] {
  return {
    databasePerYear: measure((dailyUsers * c.storageKilobytesPerUser * daysPerYear) / kilobytesPerGb, 'GB'),
    objects: measure((dailyUsers * c.uploadsPerUser * c.uploadMegabytes * c.uploadsKeptDays) / 1000, 'GB'),
    cache: measure((dailyUsers * c.cacheKilobytesPerUser) / kilobytesPerGb, 'GB'),
  };
}

/** Counted at the peak; the average is what the peak factor leaves. */
function vectorQueryRate(totalUsers: number, c: LoadConstantValues): Rate<'queries/s'> {
  const peak = (totalUsers * c.vectorQueriesPerMinute) / 60;
  return rate(peak / c.peakFactor, peak, 'queries/s');
}

/** Four bytes for each dimension; an index takes half as much again (`vectorNodeLimits.indexFactor`). */
function vectorsOf(totalUsers: number, c: LoadConstantValues): Load['vectors'] {
  const count = totalUsers * c.vectorsPerUser;
  return {
    count: measure(count, 'vectors'),
    bytes: measure((count * c.vectorDimensions * vectorNodeLimits.bytesPerDimension.value) / 1e9, 'GB'),
  };
}
