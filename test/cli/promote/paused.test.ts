import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '../../../cli/project';
import { isPausedAt, pauseAt } from '../../../cli/promote/paused';
import { moverOf } from '../../../promotion/movers/mover-of';
import { move } from '../../../promotion/movers/move';
import { type Pair, pairForEach } from '../../promotion/engine/support/pair';
import { withServers } from '../../promotion/engine/support/servers';
import { project } from '../../support/project';
import { type } from '../desk';

const example = readFileSync(join(__dirname, '..', '..', '..', 'environments', 'examples', 'digitalocean-tier2.yaml'), 'utf8');

/** Tier 2 to 3, where the provider resizes the database and nothing moves. */
function shop(more: string): string {
  const folder = project({ shop: `${example.replaceAll('digitalocean-tier2', 'shop')}${more}` });
  writeFileSync(join(folder, 'cdktf.json'), '{}');
  return folder;
}

test('a promotion without a moved database is paused beside its journal, and says so', async () => {
  const cwd = shop('\npromotion: { to: tier3, phase: migrate }\n');
  const file = join(cwd, '.terrace', 'promotion', 'shop.paused');
  const paused = await type(['promote', 'pause', 'shop'], openProject, { cwd });
  expect(paused).toMatchObject({ code: 0, err: '' });
  expect(paused.out).toBe(
    [
      'Nothing is cut over before the next "run"; a "rollback" leads writes back all the same. Copies and changes go on arriving.',
      'shop goes from tier2 to tier3; environments/shop.yaml says phase migrate.',
      'Paused: nothing is cut over before the next "run".',
      '',
    ].join('\n'),
  );
  expect(existsSync(file)).toBe(true);
  const { out } = await type(['promote', 'status', 'shop', '--json'], openProject, { cwd });
  expect(JSON.parse(out)).toMatchObject({ environment: 'shop', data: null, paused: true, moves: [] });
  await pauseAt({ settings: undefined, file }, false);
  expect(await isPausedAt({ settings: undefined, file })).toBe(false);
});

test('what is not being promoted has nothing to pause', async () => {
  const cwd = shop('');
  expect(await type(['promote', 'pause', 'shop'], openProject, { cwd })).toMatchObject({
    code: 20,
    err: expect.stringContaining('it is too early to pause, because shop is not being promoted.'),
  });
});

describe('a database by dump', () => {
  let pair: Pair;
  pairForEach((made) => (pair = made));

  withServers('pg_dump', 'pg_restore')('is not dumped while it is paused, which the database itself tells', async () => {
    const at = { settings: pair.settings, file: join(pair.folder, 'shop.paused') };
    const mover = moverOf({ kind: 'dump', ...pair.settings, windowSeconds: 60 });
    const cutOver = () => move(mover, { open: 'target' }, undefined, () => isPausedAt(at));
    await pauseAt(at, true);
    expect([existsSync(at.file), await isPausedAt(at)]).toEqual([true, true]);
    expect(await cutOver()).toEqual({ open: 'source', waiting: true });
    await pauseAt(at, true);
    expect([existsSync(at.file), await isPausedAt(at)]).toEqual([false, true]);
    expect(await cutOver()).toEqual({ open: 'source', waiting: true });
    expect(await pair.sql('source', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(true);
    expect(await pair.sql('target', `select rolcanlogin from pg_roles where rolname = 'app'`)).toBe(false);
    await pauseAt(at, false);
    expect(await cutOver()).toEqual({ open: 'target', waiting: false });
  });
});
