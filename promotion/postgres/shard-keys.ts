import type { PromotionSettings } from '../engine/settings';
import type { Blocker } from '../types';
import { blocker } from './blocker';
import { tables, type Table } from './catalog';
import type { Row, Session } from './session';

/** The settings with the key of each table that is split by the column that most have. */
export async function withKeys(source: Session, settings: PromotionSettings): Promise<PromotionSettings> {
  const { shardKey: key, shardKeys: named = {} } = settings;
  if (key === undefined) return settings;
  const rows = await source.rows(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where a.attname = $1 and a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p')`,
    [key],
  );
  const having = new Set(rows.map(({ name }) => String(name)));
  const found = (await tables(source)).filter(({ name }) => having.has(name)).map(({ table }) => [table, key] as const);
  return { ...settings, shardKeys: { ...Object.fromEntries(found), ...named } };
}

/** Everything that forbids to split tables by these keys. @param count shards of the new side */
export async function shardKeys(source: Session, keys: PromotionSettings['shardKeys'] = {}, count: number): Promise<readonly Blocker[]> {
  if (count === 1) return [];
  const all = await tables(source);
  const split = all.filter(({ table }) => keys[table] !== undefined);
  const none =
    Object.keys(keys).length === 0
      ? [
          blocker(
            'SHARD_KEYS',
            `${count} shards are given, but no table is split.`,
            'Name the column that decides the shard: one for all tables that have it (shardKey), or one for each large table (shardKeys).',
          ),
        ]
      : [];
  const unknown = Object.keys(keys)
    .filter((name) => !all.some(({ table }) => table === name))
    .map((name) => blocker('SHARD_TABLE', `There is no table ${name} to split.`, 'Correct the table in shardKeys.'));
  const found = await Promise.all(split.map((table) => columnBlockers(source, table, keys[table.table] ?? '')));
  return [...unknown, ...none, ...found.flat()];
}

async function columnBlockers(source: Session, { name }: Table, key: string): Promise<readonly Blocker[]> {
  const [column] = await source.rows(
    `select format_type(a.atttypid, a.atttypmod) as type, coalesce(nullif(t.typbasetype, 0), t.oid) in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype) as whole,
      a.attnotnull as filled, c.relreplident = 'f' or exists (select from pg_index i where i.indrelid = c.oid and a.attnum = any(i.indkey)
        and case when c.relreplident = 'd' then i.indisprimary else i.indisreplident end) as carried
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid where a.attrelid = $1::regclass and a.attname = $2 and a.attnum > 0 and not a.attisdropped`,
    [name, key],
  );
  return column === undefined
    ? [blocker('SHARD_COLUMN', `${name} has no column ${key}.`, 'Correct the column in shardKeys.')]
    : keyBlockers(name, key, column);
}

/** The key decides the shard: of every row, by its bucket, and of every changed row too. */
function keyBlockers(table: string, key: string, { type, whole, filled, carried }: Row): readonly Blocker[] {
  return [
    ...(whole === true
      ? []
      : [
          blocker(
            'SHARD_TYPE',
            `${table} would be split by ${key}, which is of type ${String(type)}: buckets are made of whole numbers.`,
            'Name a column of type smallint, integer or bigint.',
          ),
        ]),
    ...(filled === true
      ? []
      : [
          blocker(
            'SHARD_NULL',
            `${table} may hold rows without ${key}, and those would be on no shard.`,
            `alter table ${table} alter column ${key} set not null.`,
          ),
        ]),
    ...(carried === true
      ? []
      : [
          blocker(
            'SHARD_IDENTITY',
            `A changed row of ${table} does not carry ${key}.`,
            `create unique index concurrently ... on ${table} (<key>, ${key}); alter table ${table} replica identity using index ...`,
          ),
        ]),
  ];
}
