import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drill } from '../../../promotion/drill/drill';
import { pause } from '../../../promotion/postgres/session';
import { type Pair, pairForEach } from '../engine/support/pair';
import { withServers } from '../engine/support/servers';

let pair: Pair;

pairForEach((made) => (pair = made));

/** A server that archives as long as a file is there, and has archived something. @returns the file */
async function archiving(): Promise<string> {
  const go = join(pair.folder, 'archive');
  writeFileSync(go, '');
  const settings = { archive_mode: 'on', archive_command: `test -e ${go}` };
  for (const [name, value] of Object.entries(settings)) await pair.sql('source', `alter system set ${name} = '${value}'`);
  await pair.source.stop();
  await pair.source.start();
  const last = () => pair.sql('source', 'select last_archived_wal from pg_stat_archiver');
  for (await pair.sql('source', 'select pg_switch_wal()'); typeof (await last()) !== 'string';) await pause(50);
  return go;
}

const drilled = (rpoSeconds: number, restored: () => void = () => undefined) =>
  drill({
    environment: 'shop',
    source: pair.source.settings,
    method: 'none',
    objectives: { rpoMinutes: rpoSeconds / 60, rtoMinutes: 1 },
    pollMs: 100,
    restore: () => {
      restored();
      return Promise.resolve({ server: pair.source.settings, remove: () => Promise.resolve() });
    },
  });

withServers()('what is not archived in time counts as lost, although it arrives while the backup is restored', async () => {
  const go = await archiving();
  rmSync(go);
  const { canary, rpo, rto, passed } = await drilled(1, () => writeFileSync(go, ''));
  expect({ found: canary.found, rpo: rpo.met, rto: rto.met, passed }).toEqual({ found: true, rpo: false, rto: true, passed: false });
});

withServers()('what is archived in time is not, and where the server does not say, the time is waited out', async () => {
  expect(await drilled(1)).toMatchObject({ rpo: { met: true }, passed: true });
  await archiving();
  const running = drilled(30);
  for (let left = 60; left > 0 && !(await Promise.race([running.then(() => true), pause(300)])); left -= 1)
    await pair.sql('source', 'select pg_switch_wal()');
  expect(await running).toMatchObject({ rpo: { met: true }, passed: true });
});
