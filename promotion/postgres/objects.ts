import { CANARY, MOVED_EXTENSION, MOVED_SCHEMA } from './catalog';
import type { Session } from './session';

/** In a schema of the database's own, no member of an extension, and not a drill's. */
const ours = (catalog: string, oid: string): string => `${MOVED_SCHEMA}
  and not exists (select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${oid} and d.deptype = 'e')${
    catalog === 'pg_class' ? ` and (n.nspname || '.' || c.relname) <> '${CANARY}'` : ''
  }`;

const RELATION = `pg_class c join pg_namespace n on n.oid = c.relnamespace`;

/** One line for each thing beside tables and columns, worded so that servers of two majors say the same of it: a definition only where its text is kept as it was given. */
const OBJECTS = `
select format('extension %I', e.extname) as line from pg_extension e where ${MOVED_EXTENSION}
union all select format('%s %I.%I', case c.relkind when 'v' then 'view' when 'm' then 'materialized view' else 'sequence' end, n.nspname, c.relname)
  from ${RELATION} where c.relkind in ('v', 'm', 'S') and ${ours('pg_class', 'c.oid')}
union all select format('unlogged table %I.%I', n.nspname, c.relname) from ${RELATION} where c.relkind = 'r' and c.relpersistence = 'u' and ${ours('pg_class', 'c.oid')}
union all select format('index %I.%I of %I', n.nspname, i.relname, c.relname) from pg_index x join pg_class i on i.oid = x.indexrelid
  join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace where x.indisvalid and ${ours('pg_class', 'c.oid')}
union all select format('constraint %I of %I.%I', o.conname, n.nspname, c.relname) from pg_constraint o join pg_class c on c.oid = o.conrelid
  join pg_namespace n on n.oid = c.relnamespace where o.contype in ('p', 'u', 'f', 'c', 'x') and ${ours('pg_class', 'c.oid')}
union all select format('trigger %I of %I.%I', t.tgname, n.nspname, c.relname) from pg_trigger t join pg_class c on c.oid = t.tgrelid
  join pg_namespace n on n.oid = c.relnamespace where not t.tgisinternal and t.tgparentid = 0 and ${ours('pg_class', 'c.oid')}
union all select format('default of %I.%I.%I', n.nspname, c.relname, a.attname) from ${RELATION} join pg_attribute a on a.attrelid = c.oid
  where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and (a.atthasdef or a.attidentity <> '') and ${ours('pg_class', 'c.oid')}
union all select format('policy %I of %I.%I', p.polname, n.nspname, c.relname) from pg_policy p join pg_class c on c.oid = p.polrelid
  join pg_namespace n on n.oid = c.relnamespace where ${ours('pg_class', 'c.oid')}
union all select format('routine %s, its body %s', p.oid::regprocedure, md5(p.prosrc)) from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${ours('pg_proc', 'p.oid')}
union all select format('type %I.%I', n.nspname, t.typname) from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_class c on c.oid = t.typrelid
  where (t.typtype in ('d', 'r') or c.relkind = 'c') and ${ours('pg_type', 't.oid')}
union all select format('label %L of %I.%I', e.enumlabel, n.nspname, t.typname) from pg_enum e join pg_type t on t.oid = e.enumtypid
  join pg_namespace n on n.oid = t.typnamespace where ${ours('pg_type', 't.oid')}
order by 1`;

/** What a schema has beside its tables' columns, in an order that is the same on both sides. */
export async function objects(session: Session): Promise<readonly string[]> {
  return (await session.rows(OBJECTS)).map(({ line }) => String(line)).toSorted();
}

/**
 * Views that hold rows of their own, each after those that it reads. A server fills none that reads an empty one, and says that it has no rows
 * until it is filled.
 */
export async function materializedViews(session: Session): Promise<readonly string[]> {
  const rows = await session.rows(
    `with recursive reads as (
      select distinct r.ev_class as view, d.refobjid as what from pg_rewrite r join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
        and d.refclassid = 'pg_class'::regclass and d.refobjid <> r.ev_class
    ), all_reads as (select view, what from reads union select a.view, r.what from all_reads a join reads r on r.view = a.what)
    select format('%I.%I', n.nspname, c.relname) as name from ${RELATION} where c.relkind = 'm' and ${ours('pg_class', 'c.oid')}
    order by (select count(*) from all_reads a where a.view = c.oid), 1`,
  );
  return rows.map(({ name }) => String(name));
}

/** Fills all of them anew: nothing replicates what they hold. */
export async function refreshViews(session: Session): Promise<void> {
  for (const view of await materializedViews(session)) await session.rows(`refresh materialized view ${view}`, undefined, 3_600_000);
}
