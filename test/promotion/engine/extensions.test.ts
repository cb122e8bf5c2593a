import { moverOf } from '../../../promotion/movers/mover-of';
import { move } from '../../../promotion/movers/move';
import { type Pair, pairForEach } from './support/pair';
import { withoutExtensions, withServers } from './support/servers';

let pair: Pair;

pairForEach((made) => (pair = made));

const extensions = withoutExtensions('citext', 'pg_trgm');

/** A key whose type an extension brings, an index whose operators another brings, and a schema of its own for one of them. */
const EXTENDED = `
create schema tools; create extension citext schema public; create extension pg_trgm schema tools;
create table public.mails (address public.citext primary key, note text not null);
create index mails_note on public.mails using gin (note tools.gin_trgm_ops);
create function public.known(public.citext) returns boolean language sql stable as 'select exists (select from public.mails where address operator(public.=) $1)';
grant usage on schema tools to app; grant select, insert, update, delete on public.mails to app;
insert into public.mails select 'User' || i || '@example.com', md5(i::text) from generate_series(1, 500) i;
analyze public.mails`;

/** As its extension finds it, by whatever letters; and by the index alone. */
async function foundOn(side: 'source' | 'target'): Promise<unknown> {
  const search = `select address from public.mails where note like '%' || md5('7') || '%'`;
  return [
    await pair.sql(side, `select public.known('uSER7@EXAMPLE.com')`),
    await pair.sql(side, search),
    JSON.stringify(await pair.sql(side, `set enable_seqscan = off; explain (format json, costs off) ${search}`)).includes('mails_note'),
    await pair.sql(
      side,
      `select string_agg(extname || ' in ' || extnamespace::regnamespace, ', ' order by extname) from pg_extension where extname <> 'plpgsql'`,
    ),
  ];
}

const found = [true, 'User7@example.com', true, 'citext in public, pg_trgm in tools'];

withServers('pg_dump', ...extensions)(
  'a database with extensions is moved by logical replication with what they bring: types of keys, operators of indexes',
  async () => {
    await pair.sql('source', EXTENDED);
    const mover = moverOf({ kind: 'postgres', ...pair.settings });
    expect(await mover.preflight()).toEqual([]);
    // A try that is given up takes away what it has made, but for extensions and the schema that holds one: the next finds its way over those.
    await move(mover, { open: 'target', untilReady: true });
    await mover.cleanUp();
    expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
    expect(await mover.standing()).toMatchObject({ open: 'target', verified: true, reversible: { yes: true } });
    expect(await foundOn('target')).toEqual(found);
    // A changed row is found by the key as the extension compares it.
    await pair.sql('target', `update public.mails set note = 'changed' where address operator(public.=) 'USER8@example.com'`);
    expect(await move(mover, { open: 'source' })).toEqual({ open: 'source', waiting: false });
    expect(await pair.sql('source', `select address from public.mails where note = 'changed'`)).toBe('User8@example.com');
  },
  240_000,
);

withServers('pg_dump', 'pg_restore', ...extensions)(
  'and by a dump',
  async () => {
    await pair.sql('source', EXTENDED);
    const mover = moverOf({ kind: 'dump', ...pair.settings, windowSeconds: 60 });
    expect(await move(mover, { open: 'target' })).toEqual({ open: 'target', waiting: false });
    expect(await foundOn('target')).toEqual(found);
  },
  240_000,
);
