import { readFileSync } from 'node:fs';
import type { Clusters } from '../../../promotion/rehearse/clusters';
import { serverFolders } from '../../../promotion/rehearse/servers';
import { type } from '../../cli/desk';
import { openPair } from './support/pair';
import { templates, withServers } from './support/servers';

const never = (): never => {
  throw new Error('not to be opened');
};

let clusters: Clusters;

beforeAll(async () => {
  if (serverFolders().length > 0) clusters = await templates();
}, 120_000);

test.each([
  [
    ['--from', 'tier1', '--to', 'tier2', '--rows', 'many', '--cutovers', '0', '--kills', '1.5'],
    [
      '--rows is "many"',
      '--cutovers is "0". Allowed: a whole number from 1 to 100.',
      '--kills is "1.5". Allowed: a whole number from 0 to 1000.',
    ],
  ],
  [['--from', 'tier1', '--to', 'tier9'], ['tier9']],
  [['--from', 'tier2', '--to', 'tier2'], ['tier2 to tier2 cannot be rehearsed: they are the same tier.']],
  [['--from', 'tier5', '--to', 'tier6'], ['the shards are kept, so that no data moves']],
  [['--from', 'tier1'], ["required option '--to <tier>' not specified"]],
])('rehearse %j is refused before anything is started', async (args, texts) => {
  const outcome = await type(['promote', 'rehearse', ...args], never);
  expect(outcome).toMatchObject({ code: 2, out: '' });
  for (const text of texts) expect(outcome.err).toContain(text);
});

test('servers of a file and an environment are not meant at once', async () => {
  const said = await type(['promote', 'rollback', 'production', '--settings', 'staging.yaml', '--keep-target'], never);
  expect(said).toMatchObject({
    code: 2,
    err: 'Error: --settings staging.yaml names the servers of one move, and "production", --keep-target are of an environment. Give the one or the other.\n',
  });
});

withServers()(
  'rehearse prints one document and nothing else',
  async () => {
    const outcome = await type(
      [
        'promote',
        'rehearse',
        '--from',
        'tier1',
        '--to',
        'tier2',
        '--rows',
        '500',
        '--cutovers',
        '1',
        '--kills',
        '1',
        '--seed',
        '4',
        '--no-terraform',
        '--json',
      ],
      never,
    );
    expect(outcome.code).toBe(0);
    const document = JSON.parse(outcome.out) as Record<string, unknown>;
    expect(Object.keys(document)).toEqual([
      'rows',
      'acknowledged',
      'lost',
      'duplicated',
      'pauseMs',
      'outageMs',
      'copySeconds',
      'kills',
      'killed',
      'ended',
      'seed',
    ]);
    expect(document).toMatchObject({
      rows: 500,
      lost: 0,
      duplicated: 0,
      kills: 1,
      ended: 'promoted',
      seed: 4,
      pauseMs: { median: expect.any(Number) as number, worst: expect.any(Number) as number },
    });
  },
  120_000,
);

withServers('terraform')(
  'rehearse takes Terraform through every phase on the stand-in, while the apps write',
  async () => {
    const { code, out, err } = await type(
      ['promote', 'rehearse', '--from', 'tier1', '--to', 'tier2', '--rows', '500', '--cutovers', '1', '--seed', '5'],
      never,
    );
    const steps = err.split('\n').filter((line) => /^(Terraform|cut over|rolled back)/.test(line));
    expect({ code, steps, told: code === 0 ? '' : err }).toEqual({
      code: 0,
      told: '',
      steps: [
        'Terraform: tier1 is deployed on the stand-in',
        'Terraform: expand is applied',
        'Terraform: migrate is applied',
        expect.stringMatching(/^cut over: \d+ ms without a write$/),
        'Terraform: cutover is applied',
        'Terraform: contract is applied',
        'Terraform: tier2 stands alone, and a plain plan is empty',
      ],
    });
    expect(out).toMatch(/^Terraform {2,}6 steps on the stand-in/m);
  },
  600_000,
);

withServers()(
  'one database is moved, explained, led back and given up by commands, with their exit codes',
  async () => {
    const pair = await openPair(clusters);
    try {
      const file = pair.file();
      const say = (...words: string[]) => type(['promote', ...words, '--settings', file], never);
      expect(await say('doctor')).toMatchObject({
        code: 0,
        out: expect.stringContaining('test: not begun. Writes belong to the old side; 0 changes of sides so far.') as string,
      });
      expect(await say('pause')).toMatchObject({ code: 20, err: expect.stringContaining('the move test has not begun') as string });
      const waiting = await say('run');
      expect(waiting).toMatchObject({ code: 10, out: expect.stringContaining('Ready: everything is copied') as string });
      expect(waiting.err).toContain('copied: done');
      expect(await say('pause')).toMatchObject({ code: 0 });
      expect(await say('run', '--go')).toMatchObject({ code: 0, out: 'Writes belong to the new side.\n' });
      expect(JSON.parse((await say('status', '--json')).out)).toMatchObject({ state: 'verified', open: 'target', epoch: 1 });
      expect(await say('contract')).toMatchObject({ code: 20, err: expect.stringContaining('--confirm test') as string });
      expect(await say('rollback')).toMatchObject({ code: 0, out: expect.stringContaining('old side') as string });
      expect(await say('abandon')).toMatchObject({ code: 0 });
      expect((await say('doctor')).out).toContain('not begun');
      expect(readFileSync(pair.settings.journal, 'utf8')).not.toContain('password');
      await pair.end();
      const doctor = (await say('doctor')).out;
      expect(doctor).toContain('Neither side answers. Nothing can be said before both do.');
      for (const { settings } of [pair.source, pair.target])
        expect(doctor).toMatch(new RegExp(`The database at 127\\.0\\.0\\.1:${settings.port}/app does not answer: .*ECONNREFUSED`));
    } finally {
      await pair.end();
    }
  },
  120_000,
);
