import { TerraceError } from '../../values/errors';
import { handMade, lockedStack, type } from './desk';

const made = () =>
  handMade({
    stacks: { tier2: lockedStack({ tier: 'tier2', recorded: 'tier3' }), tier3: lockedStack({ tier: 'tier3' }) },
    leftOut: ['tier5 is left out: component gpu-pool is not built on digitalocean yet.'],
  });
const never = (): never => {
  throw new Error('not to be opened');
};

describe('the command line', () => {
  test('help has examples and the exit codes, and opens no project', async () => {
    const outcome = await type(['--help'], never);
    expect(outcome).toMatchObject({ code: 0, err: '' });
    expect(outcome.out).toContain('$ terrace deploy tier3');
    expect(outcome.out).toContain('Exit codes: 0 done; 1 failed or refused, nothing more than reported was changed; 2 wrong input');
    for (const command of ['start', 'synth', 'estimate', 'diff', 'deploy', 'destroy', 'sandbox'])
      expect(outcome.out).toMatch(new RegExp(`^  ${command} `, 'm'));
  });

  test.each(['start', 'synth', 'estimate', 'diff', 'deploy', 'destroy', 'sandbox'])('%s --help shows an example', async (command) => {
    const outcome = await type([command, '--help'], never);
    expect(outcome.code).toBe(0);
    expect(outcome.out).toMatch(/Examples?:\n {2}\$ /);
  });

  test('no command at all is a question for help', async () => {
    expect(await type([], never)).toMatchObject({ code: 0, out: expect.stringContaining('Usage: terrace') as string });
  });

  test('--version', async () => {
    expect((await type(['--version'], never)).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.each([
    [['deploi', 'tier3'], "Error: unknown command 'deploi'\n(Did you mean deploy?)\n"],
    [['deploy'], "Error: missing required argument 'tier'\n"],
    [['deploy', 'tier3', '--jsn'], "Error: unknown option '--jsn'\n(Did you mean --json?)\n"],
    [['deploy', 'tier3', 'tier4'], "Error: too many arguments for 'deploy'. Expected 1 argument but got 2.\n"],
  ])('%j exits with 2', async (args, message) => {
    const outcome = await type(args, never);
    expect(outcome).toMatchObject({ code: 2, out: '' });
    expect(outcome.err).toBe(message);
  });

  test('promote without an action names the actions', async () => {
    const outcome = await type(['promote'], never);
    expect(outcome).toMatchObject({ code: 2, out: '' });
    expect(outcome.err).toContain('rehearse');
  });

  test('a tier that is not there names those that are', async () => {
    expect(await type(['deploy', 'tier33'], made().open)).toMatchObject({
      code: 2,
      err: 'Error: There is no stack for "tier33". Tiers that can be built for this environment: tier2, tier3. Did you mean tier3?\n',
    });
  });

  test('a tier that cannot be built says why', async () => {
    expect((await type(['deploy', 'tier5'], made().open)).err).toBe(
      'Error: There is no stack for "tier5". Tiers that can be built for this environment: tier2, tier3.\n  tier5 is left out: component gpu-pool is not built on digitalocean yet.\n',
    );
  });
});

describe('errors', () => {
  const failing = (error: unknown) => () => Promise.reject(error as Error);

  test('one for a person is printed as it is, with its exit code', async () => {
    const error = new TerraceError(
      'ENVIRONMENT_INVALID',
      'production.yaml has two problems:',
      [
        { code: 'a', message: 'tier is "x"', where: 'production.yaml:3:7' },
        { code: 'b', message: 'region is missing' },
      ],
      2,
    );
    expect(await type(['synth'], failing(error))).toEqual({
      code: 2,
      out: '',
      err: 'Error: production.yaml has two problems:\n  production.yaml:3:7  tier is "x"\n  region is missing\n',
      asked: [],
    });
  });

  test('with --json it is the one document', async () => {
    const error = new TerraceError(
      'ENVIRONMENT_INVALID',
      'wrong',
      [{ code: 'a', message: 'tier is "x"', where: 'production.yaml:3:7' }],
      2,
    );
    const outcome = await type(['synth', '--json'], failing(error));
    expect(outcome.code).toBe(2);
    expect(JSON.parse(outcome.out)).toEqual({
      error: {
        code: 'ENVIRONMENT_INVALID',
        message: 'wrong',
        problems: [{ code: 'a', message: 'tier is "x"', where: 'production.yaml:3:7' }],
      },
    });
  });

  test('an unexpected one is one line and how to report it; the stack only under TERRACE_DEBUG=1', async () => {
    const plain = await type(['synth'], failing(new TypeError('x is not a function\nmore')));
    expect(plain).toMatchObject({
      code: 1,
      err: 'Error: something unexpected happened, which is a fault in Terrace: x is not a function\nPlease report it with the output of the same command under TERRACE_DEBUG=1.\n',
    });
    const debug = await type(['synth'], failing(new TypeError('x is not a function')), { env: { TERRACE_DEBUG: '1' } });
    expect(debug.err).toContain('command-line.test.ts');
  });
});

test('colours: on a terminal, and never under NO_COLOR', async () => {
  const failing = () => Promise.reject(new TerraceError('X', 'no'));
  expect((await type(['synth'], failing, { terminal: true, env: { NO_COLOR: undefined, TERM: 'xterm' } })).err).toBe(
    '\u001b[31mError:\u001b[0m no\n',
  );
  expect((await type(['synth'], failing, { terminal: true, env: { NO_COLOR: '1', TERM: 'xterm' } })).err).toBe('Error: no\n');
  expect((await type(['synth'], failing, { terminal: false, env: { NO_COLOR: undefined } })).err).toBe('Error: no\n');
});

test('synth lists the stacks, and says which one the environment is at', async () => {
  const { open, project } = made();
  const outcome = await type(['synth'], open, { cwd: project });
  expect(outcome).toMatchObject({ code: 0, err: 'warning: tier5 is left out: component gpu-pool is not built on digitalocean yet.\n' });
  expect(outcome.out).toBe(
    'tier2  2 resources  cdktf.out/stacks/tier2/cdk.tf.json  locked\ntier3  2 resources  cdktf.out/stacks/tier3/cdk.tf.json  the environment is here\n',
  );
  expect(JSON.parse((await type(['synth', '--json'], open, { cwd: project })).out)).toMatchObject({
    environment: 'production',
    tier: 'tier3',
    stacks: [
      { tier: 'tier2', resources: 2, recorded: false },
      { tier: 'tier3', recorded: true },
    ],
  });
});
