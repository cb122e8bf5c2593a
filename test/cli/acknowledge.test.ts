import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvironment } from '../../environments/load';
import { openProject } from '../../cli/project';
import { scratch } from '../support/scratch';
import { type, type Outcome } from './desk';

const example = readFileSync(join(__dirname, '..', '..', 'environments/examples/digitalocean-tier3.yaml'), 'utf8');
const servers = ['app-g1-1', 'app-g1-2', 'inference-g1-1'];

/** A project whose environment is in the middle of a rotation, with a comment that must survive. */
function rotating(keys = '[1, 2] # since Monday'): string {
  const folder = scratch();
  mkdirSync(join(folder, 'environments'));
  writeFileSync(join(folder, 'cdktf.json'), '{}');
  writeFileSync(
    join(folder, 'environments/live.yaml'),
    `${example.replace(/^name: .*$/m, 'name: live').replace(/^disposable: .*\n/m, '')}channelKeys: ${keys}\n`,
  );
  return folder;
}

const file = (folder: string): string => join(folder, 'environments/live.yaml');

const prefix = (folder: string): string => `${loadEnvironment('live', { cwd: folder }).environment.namePrefix}-live`;

/** What `terrace-status --json` prints, cut to what matters here. */
function answer(folder: string, server: string, inUse: number | null): string {
  const name = `${server}.json`;
  writeFileSync(
    join(folder, name),
    JSON.stringify({ server: `${prefix(folder)}-${server}`, healthy: true, channelKey: { inUse, newest: 2, refused: inUse === null } }),
  );
  return name;
}

const acknowledge = (folder: string, files: readonly string[], ...flags: string[]): Promise<Outcome> =>
  type(['acknowledge', ...files, '-e', 'live', ...flags], openProject, { cwd: folder });

test('when all read with the new key, the older one is retired in the file, and nothing else changes there', async () => {
  const folder = rotating();
  const before = readFileSync(file(folder), 'utf8');
  const outcome = await acknowledge(
    folder,
    servers.map((server) => answer(folder, server, 2)),
    '--write',
  );
  expect(outcome.code).toBe(0);
  expect(outcome.out).toContain('Written: environments/live.yaml keeps key 2 alone. Deploy it: terrace deploy tier3 -e live\n');
  const names = servers.map((server) => `${prefix(folder)}-${server}`).join(', ');
  expect(readFileSync(file(folder), 'utf8')).toBe(
    `${before.replace('[1, 2] # since Monday', '[2] # since Monday')}channelAcknowledged: { key: 2, servers: [${names}] }\n`,
  );
  expect(loadEnvironment('live', { cwd: folder }).environment).toMatchObject({ channelKeys: [2], channelAcknowledged: { key: 2 } });
});

test('an older acknowledgement is replaced, not doubled', async () => {
  const folder = rotating('[1, 2]\nchannelAcknowledged:\n  key: 1\n  servers:\n    - one');
  expect(
    (
      await acknowledge(
        folder,
        servers.map((server) => answer(folder, server, 2)),
        '--write',
      )
    ).code,
  ).toBe(0);
  expect(readFileSync(file(folder), 'utf8').match(/channelAcknowledged/g)).toHaveLength(1);
  expect(loadEnvironment('live', { cwd: folder }).environment.channelAcknowledged?.servers).toHaveLength(3);
});

test('one that is left behind keeps the older key, and nothing is written', async () => {
  const folder = rotating();
  const before = readFileSync(file(folder), 'utf8');
  const files = [answer(folder, 'app-g1-1', 2), answer(folder, 'app-g1-2', 1)];
  const outcome = await acknowledge(folder, files, '--write');
  expect(outcome.code).toBe(1);
  expect(
    outcome.out
      .split('\n')
      .map((line) => line.replace(/ +/g, ' ').trim())
      .slice(0, 3),
  ).toEqual([
    `${prefix(folder)}-app-g1-1 acknowledged key 2`,
    `${prefix(folder)}-app-g1-2 reads with another key key 1`,
    `${prefix(folder)}-inference-g1-1 no answer`,
  ]);
  expect(readFileSync(file(folder), 'utf8')).toBe(before);
});

test('as JSON; a refused server and a stranger are named', async () => {
  const folder = rotating();
  const files = [answer(folder, 'app-g1-1', null), answer(folder, 'elsewhere', 2)];
  const outcome = await acknowledge(folder, files, '--json');
  const document = JSON.parse(outcome.out) as { warnings: string[] };
  expect(document).toMatchObject({ environment: 'live', newest: 2, acknowledged: false, written: null });
  expect(document).toHaveProperty('servers.0', { server: `${prefix(folder)}-app-g1-1`, state: 'every key is refused', key: null });
  expect(document.warnings).toContain(`${prefix(folder)}-elsewhere is no server of live; its answer does not count.`);
});

test('what is no status, all at once, and a rotation that never began', async () => {
  const folder = rotating('[1]');
  writeFileSync(join(folder, 'a.json'), '{"server": 1}');
  writeFileSync(join(folder, 'b.json'), 'not JSON');
  const broken = await acknowledge(folder, ['a.json', 'b.json']);
  expect(broken.code).toBe(2);
  for (const name of ['a.json', 'b.json']) expect(broken.err).toContain(`${name} is not what "terrace-status --json" prints on a server`);
  const early = await acknowledge(folder, [answer(folder, 'app-g1-1', 1)]);
  expect(early).toMatchObject({
    code: 1,
    err: expect.stringContaining('channelKeys in environments/live.yaml is [1]: no key waits to be retired.') as string,
  });
});
