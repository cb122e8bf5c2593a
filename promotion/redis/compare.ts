import { pause } from '../postgres/session';
import type { CacheSession } from './client';

/** Keys looked at in one command: a server answers others only in between. */
const BATCH = '500';

/**
 * One step of a walk over a database: the next cursor, and for each key a digest of its name, type, contents and whether it ends. Sets and
 * hashes are sorted, because each server has an order of its own. Keys of a promotion are left out.
 */
const WALK = `
local function text(key)
  local kind = redis.call('TYPE', key)['ok']
  local parts
  if kind == 'string' then parts = { redis.call('GET', key) }
  elseif kind == 'list' then parts = redis.call('LRANGE', key, 0, -1)
  elseif kind == 'zset' then parts = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
  elseif kind == 'set' then parts = redis.call('SMEMBERS', key) table.sort(parts)
  elseif kind == 'hash' then
    local flat = redis.call('HGETALL', key)
    parts = {}
    for i = 1, #flat, 2 do parts[#parts + 1] = #flat[i] .. ':' .. flat[i] .. flat[i + 1] end
    table.sort(parts)
  else parts = { kind } end
  local whole = { #key .. ':' .. key, kind, tostring(redis.call('PTTL', key) >= 0) }
  for i = 1, #parts do whole[#whole + 1] = #parts[i] .. ':' .. parts[i] end
  return table.concat(whole, ' ')
end
redis.call('SELECT', ARGV[1])
local found = redis.call('SCAN', ARGV[2], 'COUNT', ARGV[3])
local out = { found[1] }
for _, key in ipairs(found[2]) do
  if string.sub(key, 1, 18) ~= 'terrace:promotion:' and redis.call('EXISTS', key) == 1 then out[#out + 1] = redis.sha1hex(text(key)) end
end
return out`;

async function digests(session: CacheSession, database: number): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (let cursor = ''; cursor !== '0';) {
    const reply = await session.send('EVAL', WALK, '0', String(database), cursor === '' ? '0' : cursor, BATCH);
    const [next, ...keys] = Array.isArray(reply) ? reply.map(String) : ['0'];
    cursor = next ?? '0';
    for (const key of keys) found.add(key);
  }
  return found;
}

/** Databases that hold something: a server without clusters has 16 of them. */
async function databases(session: CacheSession): Promise<readonly number[]> {
  const text = String(await session.send('INFO', 'keyspace'));
  return [...text.matchAll(/^db(\d+):/gm)].map(([, number]) => Number(number));
}

/** Milliseconds for which keys that differ are looked at again: what is on its way arrives. */
const PATIENCE = 20_000;

/**
 * Compares every key of two servers of which one follows the other, while they are written.
 * @returns a sentence for each database that still differs
 */
export async function cachesDiffer(first: CacheSession, second: CacheSession, patience = PATIENCE): Promise<readonly string[]> {
  const all = [...new Set([...(await databases(first)), ...(await databases(second))])].toSorted((a, b) => a - b);
  const found = await Promise.all(all.map(async (database) => ({ database, count: await settles(first, second, database, patience) })));
  return found.filter(({ count }) => count > 0).map(({ database, count }) => `database ${database}: ${count} keys differ`);
}

/** How many keys are only on one side, each time that both are walked; a digest of a real difference stays. */
async function settles(first: CacheSession, second: CacheSession, database: number, patience: number): Promise<number> {
  let open: ReadonlySet<string> | undefined;
  for (const end = performance.now() + patience; ; await pause(200)) {
    const [here, there] = await Promise.all([digests(first, database), digests(second, database)]);
    const apart = new Set([...here, ...there].filter((key) => here.has(key) !== there.has(key) && (open?.has(key) ?? true)));
    if (apart.size === 0 || performance.now() > end) return apart.size;
    open = apart;
  }
}
