import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodeOf } from '../../../promotion/engine/exit';
import { promote } from '../../../promotion/engine/promote';
import type { Clusters } from '../../../promotion/rehearse/clusters';
import { own, serverFolders } from '../../../promotion/rehearse/servers';
import { scratch } from '../../support/scratch';
import { openPair } from './support/pair';
import { templates, withServers } from './support/servers';

const mount = (...args: readonly string[]): unknown => execFileSync('mount', args, { stdio: 'ignore' });

/** A file system of a size of its own takes root, and a machine that allows it. */
function canMount(): boolean {
  const folder = scratch();
  try {
    mount('-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder);
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  }
}

let clusters: Clusters;

beforeAll(async () => {
  if (serverFolders().length > 0) clusters = await templates();
}, 120_000);

/** A full log ends the server; without room for rows it lives, and each try to copy them fails. */
const ENDS = [
  { part: 'pg_wal', code: 'PROMOTION_UNREACHABLE', exit: 30 },
  { part: 'base', code: 'PROMOTION_STALLED', exit: 40 },
] as const;

for (const { part, code, exit } of ENDS)
  withServers(...(canMount() ? [] : ['the right to mount a file system']))(
    `a full disk of the new side (${part}) stops the copy, not the app: ${code}; with more room it goes on`,
    async () => {
      let disk = '';
      const used = Number(execFileSync('du', ['-sm', join(clusters.target.data, part)], { encoding: 'utf8' }).split('\t')[0]);
      const pair = await openPair(clusters, (folder) => {
        disk = join(folder, 'target', part);
        mkdirSync(disk, { recursive: true });
        mount('-t', 'tmpfs', '-o', `size=${used + 16}m,mode=700`, 'tmpfs', disk);
        own(disk);
      });
      try {
        await pair.sql(
          'source',
          `insert into public.messages (user_id, role, body) select 1, 'user', repeat(md5(i::text), 30) from generate_series(1, 40000) i`,
        );
        // Longer than the copy takes to fill it: a session that breaks in that moment is not the end, but a server that stays away.
        const refusal: unknown = await promote(pair.settings, { open: 'target' }, { patience: 8000 }).then(
          () => undefined,
          (error: unknown) => error,
        );
        expect([(refusal as { code?: string }).code, exitCodeOf(refusal)]).toEqual([code, exit]);
        expect(await pair.sql('source', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(true);
        mount('-o', 'remount,size=600m', disk);
        await pair.target.start();
        expect(await promote({ ...pair.settings, stillSeconds: 60, windowSeconds: 15 }, { open: 'target' })).toMatchObject({
          open: 'target',
        });
        expect(await pair.sql('target', 'select count(*)::int from public.messages')).toBe(
          await pair.sql('source', 'select count(*)::int from public.messages'),
        );
      } finally {
        await pair.end();
        execFileSync('umount', [disk]);
      }
    },
    180_000,
  );
