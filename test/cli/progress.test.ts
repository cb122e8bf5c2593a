import type { Io } from '../../cli/io';
import { progressFor } from '../../cli/progress';
import type { TerraformEvent } from '../../terraform';

function listen(terminal: boolean): { io: Io; said: () => string } {
  const said: string[] = [];
  const io: Io = {
    env: { NO_COLOR: '1' },
    cwd: '/',
    out: () => {
      throw new Error('progress is not an answer');
    },
    err: (text) => void said.push(text),
    terminal: { input: terminal, output: terminal, errors: terminal },
    columns: () => 60,
    ask: () => Promise.resolve(''),
  };
  return { io, said: () => said.join('') };
}

const event = (kind: 'started' | 'progress' | 'done' | 'failed', name: string, seconds: number): TerraformEvent => ({
  kind,
  address: `digitalocean_droplet.${name}`,
  action: 'create',
  seconds,
});

test('a terminal gets one line per finished resource, and one that is rewritten and never wraps', () => {
  const { io, said } = listen(true);
  const progress = progressFor(io);
  progress.step?.('apply');
  progress.event?.(event('started', 'app_1', 0));
  progress.event?.(event('started', 'app_2_with_a_very_long_name_that_would_wrap', 0));
  progress.event?.(event('done', 'app_1', 12));
  progress.event?.(event('failed', 'app_2_with_a_very_long_name_that_would_wrap', 13));
  progress.stop();
  const lines = said().split('\r\u001b[2K').slice(1);
  expect(lines).toContain('  created  digitalocean_droplet.app_1  12 s\n');
  expect(lines).toContain('  failed  digitalocean_droplet.app_2_with_a_very_long_name_that_would_wrap  13 s\n');
  expect(lines.filter((line) => !line.endsWith('\n')).every((line) => line.length < 60)).toBe(true);
  expect(lines.at(-1)).toBe('');
});

test('elsewhere: a few plain lines, and a sign of life every 30 seconds', () => {
  let now = 0;
  const { io, said } = listen(false);
  const progress = progressFor(io, () => now);
  progress.step?.('init');
  progress.step?.('show');
  progress.step?.('apply');
  progress.event?.(event('started', 'app_1', 0));
  for (now = 10_000; now <= 70_000; now += 10_000) progress.event?.(event('progress', 'app_1', now / 1000));
  progress.event?.(event('failed', 'app_1', 71));
  progress.event?.({ kind: 'summary', operation: 'apply', text: 'Apply complete!' });
  progress.stop();
  expect(said()).toBe(
    'Preparing Terraform ...\nApplying ...\n... 0 done, working on digitalocean_droplet.app_1 (30 s)\n... 0 done, working on digitalocean_droplet.app_1 (60 s)\nfailed: digitalocean_droplet.app_1 after 71 s\nApply complete!\n',
  );
});

test('an interrupt says what happens, and that a second one is not passed on', () => {
  const { io, said } = listen(false);
  const progress = progressFor(io);
  progress.interrupt?.(1);
  progress.interrupt?.(2);
  expect(said()).toBe(
    'Interrupted: Terraform ends what it has begun and saves the state. This can take a while ...\nStill waiting for Terraform. A second interrupt would make it give up the state, so it is not passed on.\n',
  );
});

test('tells how many of the planned resources are done, and which one is waited for', () => {
  const { io, said } = listen(false);
  let now = 0;
  const progress = progressFor(io, () => now);
  for (const name of ['app_1', 'app_2', 'app_3', 'app_4'])
    progress.event?.({ kind: 'planned', address: `digitalocean_droplet.${name}`, action: 'create' });
  progress.event?.({ kind: 'planned', address: 'data.x.y', action: 'read' });
  progress.event?.(event('done', 'app_1', 5));
  progress.event?.(event('progress', 'app_2', 10));
  now = 40_000;
  progress.event?.(event('progress', 'app_3', 40));
  expect(said()).toBe('... 1 of 4 done, working on digitalocean_droplet.app_3 (40 s) and 1 more\n');
});
