import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { movesTo, settingsOf } from '../../../cli/promote/moving';
import { openProject } from '../../../cli/project';
import { movingBy } from '../../promotion/run/support/moving';
import { project } from '../../support/project';
import { type } from '../desk';

const examples = join(__dirname, '..', '..', '..', 'environments', 'examples');

/** A shop of a tier, what its machine was told, and facts that a command line names. */
function folderOf(tier: string, { access, facts = '' }: { readonly access?: string; readonly facts?: string }): string {
  const example = readFileSync(join(examples, `digitalocean-${tier}.yaml`), 'utf8').replaceAll(`digitalocean-${tier}`, 'shop');
  const made = project({ shop: example.replace(/dailyUsers: \d+/, 'dailyUsers: 90') });
  writeFileSync(join(made, 'cdktf.json'), '{}');
  writeFileSync(join(made, 'facts.yaml'), facts);
  mkdirSync(join(made, '.terrace', 'promotion'), { recursive: true });
  if (access !== undefined) writeFileSync(accessIn(made), access);
  return made;
}

const accessIn = (cwd: string): string => join(cwd, '.terrace', 'promotion', 'shop.access.yaml');
const fileIn = (cwd: string): string => readFileSync(join(cwd, 'environments', 'shop.yaml'), 'utf8');
const promote = (cwd: string, ...words: readonly string[]) => type(['promote', ...words], openProject, { cwd });
const expand = ['phase', 'expand', 'shop', '--to', 'tier2', '--write'];
const migrate = ['phase', 'migrate', 'shop', '--write'];
const facts = ['--facts', 'facts.yaml'];

const way = 'cacheUse: state\nshardKey: user_id\n';

test('what facts decide is kept with the environment when a promotion begins, wherever they were said', async () => {
  const given = folderOf('tier1', { facts: `${way}databaseGb: 2\n` });
  expect(await promote(given, ...expand, ...facts)).toMatchObject({ code: 0 });
  expect(fileIn(given)).toContain('promotion: { to: tier2, phase: expand, cacheUse: state, shardKey: "user_id" }');
  const own = folderOf('tier1', { access: 'facts: { cacheUse: state }\n', facts: 'largeObjects: true\n' });
  expect(await promote(own, ...expand, ...facts)).toMatchObject({ code: 0 });
  expect(fileIn(own)).toContain('promotion: { to: tier2, phase: expand, databaseMove: dump, cacheUse: state }');
});

test('the moves of every later run go by it', async () => {
  const here = { platform: 'digitalocean', region: 'tor1' } as const;
  const away = { to: 'tier3', phase: 'migrate', platform: 'aws', region: 'ca-central-1' } as const;
  const methods = (more: object) =>
    movesTo(movingBy({ ...here, tier: 'tier3' }, { ...away, ...more }, [], {}, '')).map(({ method }) => method);
  expect(methods({ cacheUse: 'state' })).toContain('cache-replication');
  expect(methods({})).not.toContain('cache-replication');
  const server = '{ host: 127.0.0.1, port: 1, database: app, user: app }';
  const access = `source: ${server}\ntargets: [${[server, server, server, server].join(', ')}]\nroute: { kind: none }\n`;
  const split = { to: 'tier5', phase: 'migrate', regions: ['ams3'], shardKey: 'user_id' } as const;
  expect(await settingsOf(movingBy({ ...here, tier: 'tier4' }, split, [], {}, access))).toMatchObject({ shardKey: 'user_id' });
});

test('the plan knows what the machine was told', async () => {
  const cwd = folderOf('tier1', { access: 'facts: { databaseGb: 3, tablesWithoutKey: 0 }\n' });
  const { out } = await promote(cwd, 'plan', 'shop', '--to', 'tier2');
  expect(out).toContain('databaseGb 3: given');
  expect(out).toContain('met   Every table has a primary key, or a replica identity.');
});

test('facts that contradict what the machine was told are refused by all that begins or plans, with both places', async () => {
  const moves = 'kind: postgres\nid: mine\nsource: SERVER\ntargets: [SERVER]\nroute: { kind: none }\n'.replaceAll(
    'SERVER',
    '{ host: h, database: app, user: app }',
  );
  const cwd = folderOf('tier1', {
    access: 'facts: { cacheUse: cache, databaseGb: 1 }\nmoves: { database: mine.yaml }\n',
    facts: `${way}databaseGb: 2\nlargeObjects: true\n`,
  });
  const mine = join(cwd, '.terrace', 'promotion', 'mine.yaml');
  writeFileSync(mine, moves);
  for (const words of [['plan', 'shop', '--to', 'tier2'], expand, ['run', 'shop', '--to', 'tier2']]) {
    const { code, err } = await promote(cwd, ...words, ...facts);
    expect([words[0], code]).toEqual([words[0], 2]);
    expect(err).toContain(`facts.yaml: cacheUse  It is "state", and "cache" in ${accessIn(cwd)}. Data are moved in one way`);
    expect(err).toContain(`facts.yaml: databaseMove  It is "dump", and "logical-replication" in ${mine}.`);
    expect(err).not.toContain('databaseGb');
  }
});

test('facts that a promotion was not begun with are refused while it is under way; the same again are not', async () => {
  const cwd = folderOf('tier1', { facts: way });
  await promote(cwd, ...expand, ...facts);
  expect(await promote(cwd, ...migrate, ...facts)).toMatchObject({ code: 0 });
  writeFileSync(join(cwd, 'facts.yaml'), 'cacheUse: cache\ndatabaseMove: dump\nshardKey: user_id\n');
  writeFileSync(accessIn(cwd), 'facts: { shardKey: id }\n');
  for (const words of [
    ['run', 'shop', '--to', 'tier2'],
    ['phase', 'verify', 'shop'],
  ]) {
    const { code, err } = await promote(cwd, ...words, ...facts);
    expect([words[0], code]).toEqual([words[0], 2]);
    expect(err).toContain('facts.yaml: cacheUse  It is "cache", and this promotion was begun with "state".');
    expect(err).toContain('facts.yaml: databaseMove  It is "dump", and this promotion was begun without.');
    expect(err).toContain(`${accessIn(cwd)}: shardKey  It is "id", and "user_id" in the promotion of shop's environment file.`);
  }
});
