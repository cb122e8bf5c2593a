import { Client } from 'pg';
import { bounded, pause, type Row, type Session } from '../postgres/session';
import { shardOf } from '../postgres/shards';

export interface Place {
  readonly host: string;
  readonly port: number;
}

/** Where the app is led: read again before every connection. With shards, the app knows which of them holds its rows. */
export type Endpoint = () => Place & { readonly shards?: readonly Place[] };

/** What the writers have seen. Times are of `performance.now()`. */
export interface Ledger {
  /** Numbers acknowledged to each writer: everything below is on record. */
  readonly acknowledged: readonly number[];
  /** When each acknowledgement came, in order. */
  readonly moments: readonly number[];
  /** Numbers of identity columns that were given twice. */
  readonly conflicts: number;
  readonly errors: ReadonlyMap<string, number>;
}

export interface Writers {
  readonly ledger: () => Ledger;
  readonly stop: () => Promise<Ledger>;
}

/** Milliseconds that one transaction may take before the writer begins it anew on a fresh connection. */
const STATEMENT = 4000;

/** Starts writers, each of which sends number n + 1 only after n was acknowledged, and the same n again when it does not know. @param buckets the bucket of each writer's rows @param rate transactions a second for each */
export function startWriters(endpoint: Endpoint, buckets: readonly number[], rate: number): Writers {
  const state = {
    stopped: false,
    acknowledged: buckets.map(() => 0),
    moments: [] as number[],
    conflicts: 0,
    errors: new Map<string, number>(),
  };
  const work = buckets.map((bucket, index) => writer(() => placeOf(endpoint(), bucket), index, 1000 / rate, state));
  return {
    ledger: () => ({ ...state }),
    stop: async () => {
      state.stopped = true;
      await bounded(Promise.all(work), 15_000, 'the last writes').catch(() => undefined);
      return { ...state };
    },
  };
}

function placeOf({ shards, ...place }: ReturnType<Endpoint>, bucket: number): Place {
  return shards?.[shardOf(bucket, shards.length)] ?? place;
}

interface State {
  stopped: boolean;
  readonly acknowledged: number[];
  readonly moments: number[];
  conflicts: number;
  readonly errors: Map<string, number>;
}

async function writer(endpoint: () => Place, index: number, every: number, state: State): Promise<void> {
  let client: Client | undefined;
  while (!state.stopped) {
    const began = performance.now();
    try {
      client ??= await connected(endpoint());
      await bounded(write(client, index, state.acknowledged[index] ?? 0), STATEMENT, 'a write');
      state.acknowledged[index] = (state.acknowledged[index] ?? 0) + 1;
      state.moments.push(performance.now());
      await pause(Math.max(0, began + every - performance.now()));
    } catch (error) {
      note(error, state);
      destroy(client);
      client = undefined;
      await pause(20);
    }
  }
  destroy(client);
}

async function connected({ host, port }: Place): Promise<Client> {
  const client = new Client({
    host,
    port,
    user: 'app',
    database: 'app',
    connectionTimeoutMillis: 3000,
    application_name: 'rehearsal writer',
  });
  client.on('error', () => undefined);
  await bounded(client.connect(), 3500, 'connecting', () => destroy(client));
  return client;
}

function destroy(client: Client | undefined): void {
  (client as unknown as { connection?: { stream?: { destroy(): void } } } | undefined)?.connection?.stream?.destroy();
}

/** A unique key that refuses a fresh number means that the number was given before. */
function note(error: unknown, state: State): void {
  const { code = '', constraint = '' } = error as { code?: string; constraint?: string };
  if (code === '23505' && constraint === 'orders_pkey') state.conflicts += 1;
  const kind = `${code} ${error instanceof Error ? error.message.slice(0, 60) : String(error)}`.trim();
  state.errors.set(kind, (state.errors.get(kind) ?? 0) + 1);
}

/** One transaction of several statements: an insert that decides, an identity, an update, an insert with the delete of the one before. */
async function write(client: Client, index: number, n: number): Promise<void> {
  await client.query('begin');
  const { rows } = await client.query<{ writer: number }>(
    'insert into ledger (writer, n, user_id, payload) values ($1, $2, $3, $4) on conflict do nothing returning writer',
    [index, n, 1 + ((index * 7919 + n) % 1000), payload(index, n)],
  );
  if (rows.length === 1) {
    await client.query('insert into orders (writer, n) values ($1, $2)', [index, n]);
    await client.query('update counters set v = v + 1 where writer = $1', [index]);
    await client.query('with gone as (delete from carts where writer = $1 and n < $2) insert into carts values ($1, $2)', [index, n]);
  }
  await client.query('commit');
}

function payload(index: number, n: number): string {
  return `p${index}:${n}`;
}

/** What became of the acknowledged writes on one side, its shards together. */
export interface Tally {
  readonly lost: number;
  readonly duplicated: number;
  /** One sentence for each thing that is wrong. */
  readonly wrong: readonly string[];
}

/** Holds what the writers know against what the servers have. */
export async function tally(sessions: readonly Session[], { acknowledged, conflicts }: Ledger): Promise<Tally> {
  const parts = await Promise.all(sessions.map((session) => session.rows(TALLY, undefined, 120_000)));
  const all = acknowledged.map((count, index) =>
    judge(
      index,
      count,
      parts.flat().filter(({ writer: of }) => Number(of) === index),
    ),
  );
  const sum = (of: (one: Tally) => number): number => all.reduce((total, one) => total + of(one), 0);
  const again = conflicts === 0 ? [] : [`${conflicts} numbers of an identity column were given twice`];
  return {
    lost: sum(({ lost }) => lost),
    duplicated: sum(({ duplicated }) => duplicated) + conflicts,
    wrong: [...all.flatMap(({ wrong }) => wrong), ...again],
  };
}

const TALLY = `select c.writer, c.v::int as v, coalesce(l.rows, 0)::int as rows, coalesce(l.top, -1)::int as top, coalesce(l.bad, 0)::int as bad,
    coalesce(o.rows, 0)::int as orders, coalesce(o.numbers, 0)::int as numbers, coalesce(a.rows, 0)::int as audits, coalesce(k.rows, 0)::int as carts, coalesce(k.top, -1)::int as cart
  from public.counters c
  left join (select writer, count(*) as rows, max(n) as top, count(*) filter (where payload <> 'p' || writer || ':' || n) as bad from public.ledger group by 1) l on l.writer = c.writer
  left join (select writer, count(*) as rows, count(distinct n) as numbers from public.orders group by 1) o on o.writer = c.writer
  left join (select writer, count(*) as rows from public.audit_log group by 1) a on a.writer = c.writer
  left join (select writer, count(*) as rows, max(n) as top from public.carts group by 1) k on k.writer = c.writer`;

/** A write that was sent but not acknowledged when everything stopped may be there: one more than acknowledged is right. */
function judge(writer: number, count: number, rows: readonly Row[]): Tally {
  const add = (key: string): number => rows.reduce((total, row) => total + Number(row[key]), 0);
  const top = (key: string): number => Math.max(-1, ...rows.map((row) => Number(row[key])));
  const ledger = add('rows');
  const lost =
    Math.max(0, count - ledger) +
    Math.max(0, ledger - add('v')) +
    Math.max(0, ledger - add('numbers')) +
    Math.max(0, ledger - add('audits'));
  const duplicated =
    Math.max(0, ledger - count - 1) +
    Math.max(0, add('v') - ledger) +
    (add('orders') - add('numbers')) +
    Math.max(0, add('audits') - add('orders'));
  const wrong = [
    ...(lost > 0 || duplicated > 0
      ? [
          `writer ${writer}: ${count} acknowledged, ${ledger} rows, ${add('v')} counted, ${add('orders')} orders of ${add('numbers')} writes, ${add('audits')} in the log`,
        ]
      : []),
    ...(top('top') + 1 === ledger ? [] : [`writer ${writer}: a gap in the ledger, ${ledger} rows up to number ${top('top')}`]),
    ...(add('bad') === 0 ? [] : [`writer ${writer}: ${add('bad')} rows with other contents`]),
    ...(ledger === 0 || (add('carts') === 1 && top('cart') === top('top'))
      ? []
      : [`writer ${writer}: ${add('carts')} carts instead of 1, the newest ${top('cart')} instead of ${top('top')}: a delete was lost`]),
  ];
  return { lost: lost + (wrong.length > 0 && lost === 0 && duplicated === 0 ? 1 : 0), duplicated, wrong };
}
