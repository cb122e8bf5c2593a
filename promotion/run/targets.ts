import { componentTitle } from '../../components/title';
import { counted } from '../../values/counted';
import type { Problem } from '../../values/errors';
import type { DataMove } from '../plan/moves';

/** Where a person names the servers that data move to. */
export interface Named {
  /** How many are named. */
  readonly count: number;
  readonly file: string;
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
