import type { Listener, TerraformEvent } from '../terraform';
import type { Io } from './io';
import { styleFor } from './style';

/** Progress of one command, on standard error. */
export interface Progress extends Listener {
  /** Takes down the line that is rewritten, so that other text stands on its own. */
  readonly stop: () => void;
}

const STEPS: Readonly<Record<string, string>> = {
  init: 'Preparing Terraform',
  plan: 'Planning',
  apply: 'Applying',
  import: 'Taking up',
};

const VERBS: Readonly<Record<string, string>> = {
  create: 'created',
  update: 'updated',
  delete: 'destroyed',
  replace: 'replaced',
  read: 'read',
};

/** Without a terminal, a sign of life is printed this often, in seconds: enough for a pipeline to see that it goes on. */
const SIGN_OF_LIFE = 30;

/** On a terminal: a line that is rewritten, and one for each resource that is done. Elsewhere: a few plain lines. */
export function progressFor(io: Io, clock: () => number = Date.now): Progress {
  const work = tracker();
  return io.terminal.errors ? liveProgress(io, work) : plainProgress(io, work, clock);
}

interface Tracker {
  readonly take: (event: TerraformEvent) => void;
  /** `7 of 38 done, working on digitalocean_droplet.app_1 (20 s) and 2 more` */
  readonly line: () => string;
}

function tracker(): Tracker {
  const planned = new Set<string>();
  const working = new Map<string, number>();
  let done = 0;
  return {
    take: (event) => {
      if (event.kind === 'planned' && event.action !== 'read' && event.action !== 'noop') planned.add(event.address);
      if (event.kind === 'started' || event.kind === 'progress') working.set(event.address, event.seconds);
      if (event.kind === 'done' || event.kind === 'failed') working.delete(event.address);
      if (event.kind === 'done') done += 1;
    },
    line: () => `${planned.size > done ? `${done} of ${planned.size}` : done} done${renderWork([...working])}`,
  };
}

/** The one that has taken longest is the one that is waited for. */
function renderWork(working: readonly (readonly [address: string, seconds: number])[]): string {
  const [longest] = [...working].sort(([, a], [, b]) => b - a);
  if (longest === undefined) return '';
  const [address, seconds] = longest;
  return `, working on ${address}${seconds === 0 ? '' : ` (${seconds} s)`}${working.length === 1 ? '' : ` and ${working.length - 1} more`}`;
}

function liveProgress(io: Io, work: Tracker): Progress {
  const style = styleFor(io, 'errors');
  const erase = '\r\u001b[2K';
  let up = false;
  const rewrite = (text: string): void => {
    up = true;
    io.err(`${erase}${style.dim(text.slice(0, io.columns() - 1))}`);
  };
  const keep = (text: string): void => {
    up = false;
    io.err(`${erase}${text}\n`);
  };
  return {
    stop: () => {
      if (up) io.err(erase);
      up = false;
    },
    step: (name) => {
      if (STEPS[name] !== undefined) rewrite(`${STEPS[name]} ...`);
    },
    event: (event) => {
      work.take(event);
      if (event.kind === 'done') keep(`  ${style.green(VERBS[event.action] ?? event.action)}  ${event.address}  ${event.seconds} s`);
      if (event.kind === 'failed') keep(`  ${style.red('failed')}  ${event.address}  ${event.seconds} s`);
      if (event.kind === 'refreshed') rewrite(`Planning: looked at ${event.address}`);
      else if (event.kind !== 'note' && event.kind !== 'diagnostic') rewrite(work.line());
    },
    interrupt: (count) => keep(interrupted(count)),
  };
}

function plainProgress(io: Io, work: Tracker, clock: () => number): Progress {
  let last = clock();
  const say = (text: string): void => {
    last = clock();
    io.err(`${text}\n`);
  };
  return {
    stop: () => undefined,
    step: (name) => {
      if (STEPS[name] !== undefined) say(`${STEPS[name]} ...`);
    },
    event: (event) => {
      work.take(event);
      if (event.kind === 'failed') say(`failed: ${event.address} after ${event.seconds} s`);
      if (event.kind === 'summary' && event.operation !== 'plan') say(event.text);
      if (event.kind === 'progress' && clock() - last >= SIGN_OF_LIFE * 1000) say(`... ${work.line()}`);
    },
    interrupt: (count) => say(interrupted(count)),
  };
}

function interrupted(count: number): string {
  return count === 1
    ? 'Interrupted: Terraform ends what it has begun and saves the state. This can take a while ...'
    : 'Still waiting for Terraform. A second interrupt would make it give up the state, so it is not passed on.';
}
