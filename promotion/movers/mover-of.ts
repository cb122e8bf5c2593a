import type { PromoteOptions } from '../engine/promote';
import type { PromotionSettings } from '../engine/settings';
import { type ObjectSettings, objectMover } from '../objects/mover';
import { type DumpSettings, dumpMover } from '../postgres/dump';
import { type PoolerMoveSettings, poolerMover } from '../poolers/mover';
import { type ReaderSettings, readerMover } from '../postgres/readers';
import { type CacheSettings, cacheStateMover } from '../redis/mover';
import { rewarmMover } from '../redis/rewarm';
import type { Mover } from '../types';
import { postgresMover } from './postgres';

/** What is moved, and how: one kind for each mover. */
export type MoveSettings =
  | ({ readonly kind: 'postgres' } & PromotionSettings)
  | ({ readonly kind: 'dump' } & DumpSettings)
  | ({ readonly kind: 'cache' } & CacheSettings)
  | ({ readonly kind: 'objects' } & ObjectSettings)
  | ({ readonly kind: 'readers' } & ReaderSettings)
  | ({ readonly kind: 'pooler' } & PoolerMoveSettings);

type Of<Kind extends MoveSettings['kind']> = Extract<MoveSettings, { readonly kind: Kind }>;

const movers: { readonly [Kind in MoveSettings['kind']]: (settings: Of<Kind>, options: PromoteOptions) => Mover } = {
  postgres: postgresMover,
  dump: dumpMover,
  cache: (settings, options) => (settings.use === 'state' ? cacheStateMover : rewarmMover)(settings, options),
  objects: objectMover,
  readers: readerMover,
  pooler: poolerMover,
};

/** The mover of what the settings name. */
export function moverOf<Kind extends MoveSettings['kind']>(settings: Of<Kind>, options: PromoteOptions = {}): Mover {
  return (movers[settings.kind] as (settings: Of<Kind>, options: PromoteOptions) => Mover)(settings, options);
}
