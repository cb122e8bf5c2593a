import type { Blocker } from '../types';
import type { CacheSession } from './client';
import { info, type Info, version } from './info';

function blocker(code: string, message: string, remedy: string): Blocker {
  return { code: `PROMOTION_${code}`, message: `${message} ${remedy}`, remedy };
}

const hidden = blocker(
  'CACHE_COMMANDS',
  'A server does not allow CLIENT PAUSE, CONFIG or REPLICAOF, as managed services do not.',
  "Use the provider's migration, or declare what is in it a cache (use: cache) and let it fill itself.",
);

const cluster = blocker(
  'CACHE_CLUSTER',
  'One of the two is a cluster, which does not follow a single server.',
  "Use the provider's migration, or declare what is in it a cache (use: cache).",
);

/** Everything that forbids moving what a cache holds. @param ours whether this promotion filled the new one */
export async function cacheBlockers(source: CacheSession, target: CacheSession, ours: boolean): Promise<readonly Blocker[]> {
  const [old, young] = [await info(source), await info(target)];
  const missing = await Promise.all([
    mayPause(source),
    allowed(source, 'CONFIG', 'GET', 'min-replicas-to-write'),
    mayFollow(target, young),
  ]);
  return [
    ...sameCache(old, young),
    ...(old['role'] === 'slave' && !ours
      ? [
          blocker(
            'CACHE_FOLLOWS',
            `The old cache follows another server (${old['master_host']}:${old['master_port']}).`,
            'Give the one that takes writes.',
          ),
        ]
      : []),
    ...(ours ? [] : await filled(target, young)),
    ...(missing.every(Boolean) ? [] : [hidden]),
    ...formats(old, young),
    ...room(old, young),
    ...([old, young].some((one) => one['cluster_enabled'] === '1') ? [cluster] : []),
  ];
}

export function sameCache(old: Info, young: Info): readonly Blocker[] {
  return old['run_id'] === young['run_id']
    ? [blocker('CACHE_SAME', 'The old and the new cache are the same server.', 'Give the address of the new tier.')]
    : [];
}

async function filled(target: CacheSession, young: Info): Promise<readonly Blocker[]> {
  const keys = Object.entries(young)
    .filter(([name]) => /^db\d+$/.test(name))
    .reduce((sum, [, text]) => sum + Number(/keys=(\d+)/.exec(text)?.[1] ?? 0), 0);
  if (young['role'] === 'slave')
    return [
      blocker(
        'CACHE_FOLLOWS',
        `The new cache follows another server (${young['master_host']}:${young['master_port']}).`,
        'Give one that stands alone.',
      ),
    ];
  return keys === 0
    ? []
    : [
        blocker(
          'CACHE_NOT_EMPTY',
          `The new cache holds ${keys} keys, which replication would delete.`,
          `Give an empty one: ${target.server.host}:${target.server.port} is not.`,
        ),
      ];
}

/** What forbids a move of the old cache whatever the new one is, asked before there is a new one. */
export async function sourceBlockers(source: CacheSession): Promise<readonly Blocker[]> {
  const may = await Promise.all([mayPause(source), allowed(source, 'CONFIG', 'GET', 'min-replicas-to-write')]);
  return [...(may.every(Boolean) ? [] : [hidden]), ...((await info(source))['cluster_enabled'] === '1' ? [cluster] : [])];
}

/** Not tried on one that follows already: that would end it. */
async function mayFollow(target: CacheSession, young: Info): Promise<boolean> {
  return young['role'] === 'slave' || (await allowed(target, 'REPLICAOF', 'NO', 'ONE'));
}

/** In the manner of the move: without it, what a run that died has left of a pause of writes would become one of everything. */
function mayPause(source: CacheSession): Promise<boolean> {
  return allowed(source, 'CLIENT', 'PAUSE', '0', 'WRITE');
}

async function allowed(session: CacheSession, ...command: readonly string[]): Promise<boolean> {
  return await session.send(...command).then(
    () => true,
    (error: Error) => !/unknown command|unknown subcommand|no permission|not allowed|NOPERM/i.test(error.message),
  );
}

/** Valkey reads what Redis wrote up to 7.2, when they parted; and no server reads what a later one writes. */
function formats(old: Info, young: Info): readonly Blocker[] {
  const [from, to] = [version(old), version(young)];
  if (!from.valkey && to.valkey && from.number >= 7.4)
    return [
      blocker(
        'CACHE_VERSION',
        `Valkey does not read what Redis ${from.number} holds: they parted after 7.2.`,
        'Declare what is in it a cache (use: cache), or move it with a Redis as the new side.',
      ),
    ];
  if (from.valkey === to.valkey && Math.floor(to.number) < Math.floor(from.number))
    return [
      blocker(
        'CACHE_VERSION',
        `The new cache runs ${to.number}, the old one ${from.number}: an older server does not read what a newer one holds.`,
        `Make the new side with ${from.number} or later.`,
      ),
    ];
  return [];
}

function room(old: Info, young: Info): readonly Blocker[] {
  const [used, limit] = [Number(old['used_memory_dataset'] ?? 0), Number(young['maxmemory'] ?? 0)];
  return limit > 0 && limit < used * 1.2
    ? [
        blocker(
          'CACHE_MEMORY',
          `The data takes ${used} bytes, and needs a fifth more on the new side, which may hold ${limit} (maxmemory).`,
          'Make the new side larger.',
        ),
      ]
    : [];
}
