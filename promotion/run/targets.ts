import type { ComponentOf } from '../../components/component';
import { shardRanges } from '../../components/shard-map';
import { componentTitle } from '../../components/title';
import { counted } from '../../values/counted';
import type { Problem } from '../../values/errors';
import type { DataMove } from '../plan/moves';
import { BUCKETS, bucketsOf } from '../postgres/shards';
import type { Access } from './access';

/** Where a person names the servers that data move to. */
export interface Named {
  /** How many are named. */
  readonly count: number;
  readonly file: string;
}

/** What is known too little to split data by, before there is a server. @param access what a person gives */
export function unsplit({ shards, change: { id, after } }: DataMove, { more, facts }: Pick<Access, 'more' | 'facts'>): readonly Problem[] {
  const keyless = shards > 1 && facts?.shardKey === undefined && Object.keys(more.shardKeys ?? {}).length === 0;
  const map = after.kind === 'sharded-database' && !isEven(after);
  return [
    ...(keyless
      ? [
          {
            code: 'PROMOTION_ACCESS',
            where: 'facts.shardKey',
            message: `${id} is split into ${shards} shards, and nobody has said by what. Name the column, which all tables that have it are split by; others by shardKeys: { TABLE: COLUMN }.`,
          },
        ]
      : []),
    ...(map
      ? [
          {
            code: 'PROMOTION_ACCESS',
            where: id,
            message:
              'Rows are dealt out to shards in runs of equal length, and the environment file says otherwise. Leave database.shards out until the promotion is over.',
          },
        ]
      : []),
  ];
}

/** Whether its ranges are those that the engine fills, one for each shard. */
function isEven(database: ComponentOf<'sharded-database'>): boolean {
  const ranges = shardRanges(database);
  return (
    database.buckets === BUCKETS &&
    ranges.length === database.shards &&
    ranges.every(({ from, to }, index) => {
      const [first, last] = bucketsOf(index, database.shards);
      return from === first && to === last;
    })
  );
}

/** Servers that are not as many as the shards: one alone would be given everything, as if it had been split. */
export function miscounted({ shards, change: { id, after } }: DataMove, { count, file }: Named): readonly Problem[] {
  if (count === shards) return [];
  const wanted =
    shards === 1
      ? 'One is wanted: target: { host: ... }'
      : `${shards} are wanted, one for each shard in the order of their ranges: targets: [{ host: ... }, ...]`;
  return [
    {
      code: 'PROMOTION_TARGETS',
      where: id,
      message: `It becomes ${componentTitle(after)}, and ${counted(count, 'server')} ${count === 1 ? 'is' : 'are'} given for it. ${wanted}, in ${file}.`,
    },
  ];
}
