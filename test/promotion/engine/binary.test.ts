import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { promote } from '../../../promotion/engine/promote';
import { subscription, travelsInBinary } from '../../../promotion/postgres/catalog';
import { openSession, type Session } from '../../../promotion/postgres/session';
import { type Clusters, makeCluster } from '../../../promotion/rehearse/clusters';
import { installations, own } from '../../../promotion/rehearse/servers';
import { scratch } from '../../support/scratch';
import { openPair, type Pair } from './support/pair';
import { withMajor } from './support/servers';

/** Types of one's own, and what is made of them. */
const TYPES = `create type plan as enum ('free', 'pro'); create domain positive as int check (value > 0); create domain source as xml;
create type place as (x int, plan plan); create type spot as (kind regclass); create type span as range (subtype = positive);`;

/** What such tables are made of, so that the new side has them without a program that reads this server. */
const SCHEMA = `set local search_path = public; ${TYPES}
create table shelf (id bigint primary key, plan plan not null, plans plan[], place place, places place[], many positive, spans span, amount numeric, cost money, part real,
  bytes bytea, told jsonb, at timestamptz, for_ interval, address inet, key uuid, words tsvector, letter "char", name name, bits bit varying, roman varchar(8));`;

const ROWS = `set search_path = public; insert into shelf select i, 'pro', '{free,pro}', row(i, 'free')::place, array[row(i, 'pro')::place, null], i + 1, '[2,5)', 'NaN', 12.5, '-0'::real,
  '\\x00ff'::bytea, '{"a": [1, null]}', 'infinity', '-3 months 4 days', '2001:db8::/32', md5(i::text)::uuid, 'a:1B fat', 'ä'::text::"char", 'näme', '101', 'für' from generate_series(1, 300) i;
insert into shelf (id, plan) values (0, 'free');`;

/** An old side has a past, so that its objects have other numbers than those of the new one. */
const OLDER = 'create table public.past (id int primary key); drop table public.past;';

let clusters: Clusters;

/** Two servers of the newest major: between such rows may travel in binary form. */
async function newest(): Promise<Clusters> {
  const folder = scratch('terrace-clusters-');
  chmodSync(folder, 0o755);
  own(folder);
  const installation = installations().at(-1);
  if (installation === undefined) throw new Error('no server');
  const [source, target] = await Promise.all([
    makeCluster(installation, join(folder, 'source'), `${OLDER} begin; ${SCHEMA} commit; ${ROWS} create role app login`),
    makeCluster(installation, join(folder, 'target')),
  ]);
  return { source, target };
}

beforeAll(async () => {
  if ((installations().at(-1)?.major ?? 0) >= 16) clusters = await newest();
}, 60_000);

let pair: Pair;

beforeEach(async () => {
  if (clusters !== undefined) pair = await openPair(clusters);
}, 60_000);

afterEach(() => pair?.end());

async function asking<T>(side: 'source' | 'target', ask: (session: Session) => Promise<T>): Promise<T> {
  const session = await openSession(pair[side].settings);
  return await ask(session).finally(session.close);
}

const binary = (): Promise<boolean | undefined> =>
  asking('target', async (session) => (await subscription(session, 'terrace_to_target_0'))?.binary);

const ready = { open: 'source', ready: true } as const;

withMajor(16)(
  'rows of every type that is the same on both sides travel in binary form, and arrive as they are',
  async () => {
    const settings = { ...pair.settings, schema: { before: SCHEMA, after: '' } };
    await promote(settings, ready);
    expect(await binary()).toBe(true);
    await pair.sql('source', `update public.shelf set bytes = '\\x01', places = '{}', amount = 1e-20 where id < 3`);
    expect(await promote(settings, { open: 'target' })).toMatchObject({ open: 'target', epoch: 1 });
    const text = `select md5(string_agg(s::text, ',' order by id)) from public.shelf s`;
    expect(await pair.sql('target', text)).toBe(await pair.sql('source', text));
  },
  60_000,
);

withMajor(16)(
  'a column that comes in during the move and names objects by their numbers takes the stream back to text',
  async () => {
    const settings = { ...pair.settings, schema: { before: SCHEMA, after: '' } };
    await promote(settings, ready);
    // On both sides a table of this name, under another number.
    const number = `select 'public.shelf'::regclass::oid`;
    expect(await pair.sql('target', number)).not.toBe(await pair.sql('source', number));
    for (const side of ['target', 'source'] as const) await pair.sql(side, 'alter table public.shelf add column kind regclass');
    await promote(settings, ready);
    expect(await binary()).toBe(false);
    await pair.sql('source', `set search_path = public; update shelf set kind = 'shelf' where id < 3`);
    expect(await promote(settings, { open: 'target' })).toMatchObject({ open: 'target' });
    expect(await pair.sql('target', 'select string_agg(distinct kind::text, $$ $$) from public.shelf')).toBe('public.shelf');
  },
  60_000,
);

/** Columns that keep a database from travelling in binary form. */
const LOCAL = ['regclass', 'regrole[]', 'xml', 'source', 'spot', 'spot[]'];

withMajor(16)(
  `${LOCAL.join(', ')}: each keeps the rows as text, and nothing else of a database does`,
  async () => {
    const found = await asking('source', async (session) => {
      const answers: [string, boolean][] = [['none', await travelsInBinary(session)]];
      for (const type of LOCAL) {
        await session.rows(`begin; set local search_path = public; create table held (a ${type}); set local search_path = pg_catalog`);
        answers.push([type, await travelsInBinary(session)]);
        await session.rows('rollback');
      }
      return answers;
    });
    expect(found).toEqual([['none', true], ...LOCAL.map((type) => [type, false])]);
  },
  60_000,
);
