import { readFileSync } from 'node:fs';
import type { RouteSettings, SideName } from '../engine/settings';
import { poolers } from './pgbouncer';
import { sshPoolers } from './ssh';
import { replaceFile } from '../replace-file';
import { type Ends, firstOf, type Place, type Route } from './types';

export type { Ends, Route } from './types';

export function routeOf(settings: RouteSettings, ends: Ends): Route {
  if (settings.kind === 'pgbouncer') return poolers(settings.poolers, ends);
  if (settings.kind === 'ssh') return sshPoolers(settings);
  if (settings.kind === 'file') return endpointFile(settings.file, ends);
  return { pause: async () => [], point: async () => [], points: async () => undefined };
}

/** The app reads a file again when its connection fails: no pooler is needed, and a client that comes late gets an error, never a lost write. */
function endpointFile(file: string, ends: Ends): Route {
  return {
    pause: async () => [],
    point: async (side) => {
      const [first, ...more] = ends[side].map(({ host, port, database }) => ({ host, port, database }));
      replaceFile(file, `${JSON.stringify(more.length === 0 ? first : { ...first, shards: [first, ...more] })}\n`);
      return [];
    },
    points: async () => sides.find((side) => leadsTo(file, firstOf(ends, side))),
  };
}

const sides: readonly SideName[] = ['source', 'target'];

function leadsTo(file: string, { host, port }: Place): boolean {
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as { host?: unknown; port?: unknown };
    return found.host === host && found.port === port;
  } catch {
    return false;
  }
}
