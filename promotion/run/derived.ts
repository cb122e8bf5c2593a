import type { CdkTfJson } from '../../analysis/graph';
import type { Problem } from '../../values/errors';
import type { SideName } from '../engine/settings';
import type { Secrets } from '../engine/settings-file';
import type { MoveSettings } from '../movers/mover-of';
import type { Bucket } from '../objects/curl';
import type { DataMove } from '../plan/moves';
import type { CacheServer } from '../redis/client';
import { bucketIn, bucketKind, buckets, cacheIn, caches, holderIn, keyIn, keyOf, type Own, ownOf } from './holders';
import type { Held } from './released';

/** Moves that are between what both sides' configurations make: a bucket and a bucket, a cache and a cache. */
const holders: Readonly<Partial<Record<DataMove['method'], Readonly<Record<string, unknown>>>>> = {
  'object-copy': buckets,
  'cache-replication': caches,
};

/** Whether the settings of a move follow from the configurations of both sides and their state. */
export function isDerived({ method }: DataMove): boolean {
  return holders[method] !== undefined;
}

/** What settings of a move other than the database's are made of. */
export interface Grounds {
  /** Of the promotion: `shop-tier3-tier3`. */
  readonly id: string;
  readonly sides: { readonly old: CdkTfJson; readonly new: CdkTfJson };
  readonly state: readonly Held[];
  readonly env: Secrets;
}

/** Settings, or everything that they lack. */
export type DerivedMove = { readonly settings: MoveSettings } | { readonly missing: readonly Problem[] };

const both = ['source', 'target'] as const;
const named: Readonly<Record<SideName, string>> = { source: 'old', target: 'new' };

/** The settings of a move, from what the state says of both sides. The app follows by the deploy of the phase: each side's release names its own. */
export function deriveMove(move: DataMove, grounds: Grounds): DerivedMove {
  const own = ownOf(grounds.sides, move.change.id);
  const found = both.map((side) => (move.method === 'object-copy' ? bucketOf(own, side, grounds) : cacheOf(own, side, grounds.state)));
  const missing = found.flatMap((each, index) => lacking(move, each, both[index] as SideName, own, grounds.env));
  if (missing.length > 0) return { missing };
  const [source, target] = found;
  const common = { id: `${grounds.id}-${move.change.id}`, route: { kind: 'deploy' as const } };
  return {
    settings:
      move.method === 'object-copy'
        ? { kind: 'objects', ...common, source: source as Bucket, target: target as Bucket }
        : { kind: 'cache', use: 'state', ...common, source: source as CacheServer, target: target as CacheServer },
  };
}

function bucketOf(own: Own, side: SideName, { state, env }: Grounds): Partial<Bucket> {
  const address = holderIn(own[side], buckets);
  return address === undefined ? {} : { ...bucketIn(state, address, env), ...keyOf(state, own[side], bucketKind(address), side, env) };
}

function cacheOf(own: Own, side: SideName, state: readonly Held[]): Partial<CacheServer> {
  const address = holderIn(own[side], caches);
  return address === undefined ? {} : cacheIn(state, address);
}

type Holder = Partial<Bucket> & Partial<CacheServer>;

/** What must be known of each kind. A key is asked for by `keyless`. */
const needed: Readonly<Partial<Record<DataMove['method'], readonly (keyof Holder)[]>>> = {
  'object-copy': ['bucket', 'region', 'endpoint'],
  'cache-replication': ['host', 'port'],
};

function lacking(move: DataMove, found: Holder, side: SideName, own: Own, env: Secrets): readonly Problem[] {
  const address = holderIn(own[side], holders[move.method] ?? {});
  if (address === undefined) return [unknown(move, side)];
  const without = (needed[move.method] ?? []).filter((name) => found[name] === undefined);
  const where = `moves.${move.change.id}.${side}`;
  return [
    ...(without.length === 0
      ? []
      : [problem(where, `The state says no ${without.join(', ')} of ${address}. Deploy first, or name a file with the settings.`)]),
    ...(move.method === 'object-copy' ? keyless(where, side, own, address, found.keyId === undefined, env) : []),
  ];
}

function unknown({ change: { id }, method }: DataMove, side: SideName): Problem {
  const where = `moves.${id}`;
  return problem(
    where,
    `It moves by ${method}, and the ${named[side]} side has nothing that the state could say enough of. Name a file with its settings (docs/rehearse.md).`,
  );
}

/** @param none whether no key was found */
function keyless(where: string, side: SideName, own: Own, address: string, none: boolean, env: Secrets): readonly Problem[] {
  if (!none) return [];
  const kind = bucketKind(address);
  const { id, secret } = kind.variables;
  const given = `TERRACE_${side.toUpperCase()}`;
  const unset = [id, secret].filter((name) => env[name] === undefined);
  return [
    problem(
      `${where}.keyId`,
      `${keyIn(own[side], kind) === undefined ? 'No key of this bucket is in the state.' : 'The key of this bucket is not in the state yet.'} Set ${unset.join(' and ')}, or ${given}_KEY_ID and ${given}_SECRET_KEY.`,
    ),
  ];
}

function problem(where: string, message: string): Problem {
  return { code: 'PROMOTION_ACCESS', where, message };
}

/** The old side of each derived move, which stands before anything is made; without those of which too little is known to ask them. */
export function oldSidesOf(moves: readonly DataMove[], grounds: Grounds): readonly (Bucket | CacheServer)[] {
  return moves
    .filter((move) => isDerived(move) && lackingBefore(move, grounds).length === 0)
    .map((move) => oldSideOf(move, grounds) as Bucket | CacheServer);
}

function lackingBefore(move: DataMove, grounds: Grounds): readonly Problem[] {
  return lacking(move, oldSideOf(move, grounds), 'source', ownOf(grounds.sides, move.change.id), grounds.env);
}

function oldSideOf(move: DataMove, grounds: Grounds): Holder {
  const own = ownOf(grounds.sides, move.change.id);
  return move.method === 'object-copy' ? bucketOf(own, 'source', grounds) : cacheOf(own, 'source', grounds.state);
}

/** What of the derived moves is known to be missing before anything is made: of the old side all, of the new one what its configuration does not make. */
export function missingBefore(moves: readonly DataMove[], grounds: Grounds): readonly Problem[] {
  return moves
    .filter(isDerived)
    .flatMap((move) => [...lackingBefore(move, grounds), ...notMade(move, ownOf(grounds.sides, move.change.id), grounds)]);
}

/** The new side's key is made with its bucket, or given. */
function notMade(move: DataMove, own: Own, grounds: Grounds): readonly Problem[] {
  const address = holderIn(own.target, holders[move.method] ?? {});
  if (address === undefined) return [unknown(move, 'target')];
  if (move.method !== 'object-copy' || keyIn(own.target, bucketKind(address)) !== undefined) return [];
  const { keyId } = keyOf(grounds.state, own.target, bucketKind(address), 'target', grounds.env);
  return keyless(`moves.${move.change.id}.target`, 'target', own, address, keyId === undefined, grounds.env);
}
