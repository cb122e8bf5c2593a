import { MOVED_SCHEMA } from './catalog';
import { fact, SCHEMA } from './facts';
import { endDeadEngines } from './fence';
import type { Session } from './session';

/** Not of the system, the engine or the provider, and no member of an extension. */
const ours = (catalog: string, oid: string): string => `${MOVED_SCHEMA}
  and not exists (select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;

/** Statements that drop what was restored, in an order in which each may be the first. Extensions stay, and so does what is theirs. */
const DROPS = `
select format('drop %s if exists %I.%I cascade', case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' when 'f' then 'foreign table' else 'table' end, n.nspname, c.relname) as statement, case c.relkind when 'S' then 2 else 1 end as turn
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S') and ${ours('pg_class', 'c.oid')}
union all select format('drop routine if exists %s cascade', p.oid::regprocedure), 3 from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${ours('pg_proc', 'p.oid')}
union all select format('drop type if exists %I.%I cascade', n.nspname, t.typname), 4 from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_class c on c.oid = t.typrelid
  where (t.typtype in ('e', 'd', 'r') or c.relkind = 'c') and ${ours('pg_type', 't.oid')}
union all select format('drop schema if exists %I cascade', n.nspname), 5 from pg_namespace n where n.nspname <> 'public' and ${ours('pg_namespace', 'n.oid')} and not exists (select from pg_extension e where e.extnamespace = n.oid)
order by turn`;

/** What would take away what a database holds now; written down before a schema is made, so that afterwards it stays. */
export async function belongings(session: Session): Promise<readonly string[]> {
  return (await session.rows(DROPS)).map(({ statement }) => String(statement));
}

/** Takes away what this promotion has made in a database that was never opened, and says that the schema has to be made anew. */
export async function clearMade(session: Session): Promise<void> {
  const told = await fact(session, 'before');
  if (told === undefined) return;
  await endDeadEngines(session);
  const before = new Set(JSON.parse(told) as readonly string[]);
  const drops = (await belongings(session)).filter((statement) => !before.has(statement));
  const forget = `delete from ${SCHEMA}.facts where name in ('schema', 'later', 'keys', 'indexed') or name like 'keyed %'`;
  await session.rows(
    ['begin', ...drops, 'select lo_unlink(oid) from pg_largeobject_metadata', forget, 'commit'].join('; '),
    undefined,
    600_000,
  );
}
