import type { PlannedStep } from '../types';
import { bytesPerGb, database } from './constants';
import type { PlanInput } from './input';
import { dataMoves } from './moves';

/**
 * Prints what gives each table with a column a replica identity that carries it: the columns of its present one, and that column. Partitions come
 * before what they are parts of, whose index takes theirs in. Goes into a shell's double quotes.
 */
export function identitySql(column: string): string {
  return `select format('create unique index%s %I on %s (%s, %I); alter table %s replica identity using index %I;', case c.relkind when 'r' then ' concurrently' else '' end, left(c.relname, 57) || '_shard', c.oid::regclass, (select string_agg(quote_ident(k.attname), ', ' order by p.n) from unnest(i.indkey::int2[]) with ordinality p (num, n) join pg_attribute k on k.attrelid = c.oid and k.attnum = p.num where p.n <= i.indnkeyatts), a.attname, c.oid::regclass, left(c.relname, 57) || '_shard') from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = '${column}' and a.attnum > 0 and not a.attisdropped join pg_index i on i.indrelid = c.oid and case c.relreplident when 'i' then i.indisreplident else i.indisprimary end where c.relkind in ('r', 'p') and c.relpersistence = 'p' and n.nspname not in ('pg_catalog', 'information_schema') and c.relreplident <> 'f' and a.attnum <> all (i.indkey::int2[]) order by c.relkind = 'p', (select count(*) from pg_partition_ancestors(c.oid)) desc, c.oid`;
}

/** What a person does before all: a changed row has to say which shard it is of, and nothing is begun while one does not. */
export function identified(input: PlanInput): readonly PlannedStep[] {
  const { shardKey } = input.facts;
  return dataMoves(input)
    .filter(({ method }) => method === 'logical-replication-shards')
    .map(({ change: { id }, gb }) => ({
      id: `expand/${id}-identity`,
      what: `Before anything is made: a unique index on the key and ${shardKey ?? 'the shard key'} becomes the replica identity of every table that lacks it there, made concurrently.`,
      method: 'person',
      estimate: { seconds: Math.max(1, Math.round(database.identitySecondsPerGb.value * gb)), bytes: Math.round(gb * bytesPerGb) },
      reversible: true,
      commands: [
        `psql "$SOURCE" -Atc "${identitySql(shardKey ?? 'SHARD_KEY')}" > identity.sql`,
        'psql "$SOURCE" -f identity.sql     # once it was read',
      ],
    }));
}
