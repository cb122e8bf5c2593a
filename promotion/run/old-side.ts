import type { PromotionSettings } from '../engine/settings';
import type { Work } from '../engine/work';
import { bucketStore } from '../objects/bucket';
import type { Bucket } from '../objects/curl';
import { blocker } from '../postgres/blocker';
import type { DataMove } from '../plan/moves';
import { sourcePreflight } from '../postgres/preflight';
import { openSession, type Session } from '../postgres/session';
import { withKeys } from '../postgres/shard-keys';
import { type CacheServer, openCache } from '../redis/client';
import { sourceBlockers } from '../redis/preflight';
import type { Blocker } from '../types';
import { messageOf } from '../../values/errors';

/** What the old side of a derived move says against it, asked before anything is made for the new one. */
export async function oldSideBlockers(source: Bucket | CacheServer): Promise<readonly Blocker[]> {
  return await ('bucket' in source ? listed(source) : asked(source));
}

/** What an old database says against its move, or why it could not be asked. */
export type Answer = { readonly blockers: readonly Blocker[] } | { readonly unasked: string };

/** Asks the database of the old side. One that does not answer may let in what moves it only once the promotion has begun. */
export async function askDatabase(settings: PromotionSettings, { method, shards }: DataMove): Promise<Answer> {
  let session: Session;
  try {
    session = await openSession(settings.source);
  } catch (error) {
    return { unasked: messageOf(error) };
  }
  try {
    const work = { settings: await withKeys(session, settings), sides: { source: [session], target: [] } } as unknown as Work;
    return { blockers: await sourcePreflight(work, method === 'dump' ? 'dump' : 'replication', shards) };
  } finally {
    session.close();
  }
}

async function asked(server: CacheServer): Promise<readonly Blocker[]> {
  const where = `${server.host}:${server.port}`;
  try {
    const session = await openCache(server);
    return await sourceBlockers(session).finally(session.close);
  } catch (error) {
    return [unreachable('CACHE_UNREACHABLE', `The old cache, ${where}`, error)];
  }
}

async function listed(bucket: Bucket): Promise<readonly Blocker[]> {
  const store = bucketStore(bucket);
  try {
    await store.list();
    return [];
  } catch (error) {
    return [unreachable('OBJECTS_UNREACHABLE', `The old bucket, ${store.name}`, error)];
  }
}

function unreachable(code: string, what: string, error: unknown): Blocker {
  return blocker(
    code,
    `${what}, does not answer as it should: ${messageOf(error)}`,
    'Run this where the private network reaches it, or name a file with settings that do (moves, docs/promote.md).',
  );
}
