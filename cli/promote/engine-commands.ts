import { dirname, resolve } from 'node:path';
import { abandon, contract } from '../../promotion/engine/ending';
import { notYet } from '../../promotion/engine/errors';
import { EXIT, exitCodeOf } from '../../promotion/engine/exit';
import { promote, working } from '../../promotion/engine/promote';
import type { PromotionSettings } from '../../promotion/engine/settings';
import { explain, readStanding } from '../../promotion/engine/standing';
import type { Progress } from '../../promotion/engine/work';
import { readMove } from '../../promotion/movers/settings-file';
import { alone } from '../../promotion/run/alone';
import { printJson } from '../answer';
import { reportFailure } from '../failure';
import type { Io } from '../io';
import { quoted } from '../typed';
import { promotionFolder } from './access-file';
import { DRIVES, type RunFlags } from './commands';
import { addressed, addressedError } from './addressed';
import { moverCommand } from './mover-commands';
import { PAUSED, setPaused } from './paused';

/** Options of the engine alone, which moves one database between two servers. */
type EngineFlags = RunFlags & { readonly settings: string };

type Act = (settings: PromotionSettings, options: EngineFlags, io: Io) => Promise<number>;

const ACTS: Readonly<Record<string, Act>> = {
  run: async (settings, options, io) => {
    await setPaused(settings, false);
    const { waiting, open } = await promote(
      settings,
      { open: 'target', untilReady: options.go !== true },
      { progress: teller(io, options) },
    );
    return told(
      settings,
      options,
      io,
      waiting
        ? `Ready: everything is copied and kept up to date. Cut over: terrace promote run --settings ${options.settings} --go`
        : `Writes belong to the ${open === 'target' ? 'new' : 'old'} side.`,
      waiting ? EXIT.waiting : EXIT.done,
    );
  },
  rollback: async (settings, options, io) => {
    await promote(settings, { open: 'source' }, { progress: teller(io, options) });
    return told(settings, options, io, 'Writes belong to the old side. The new side is kept up to date.', EXIT.done);
  },
  pause: async (settings, options, io) => {
    if (!(await setPaused(settings, true))) throw notYet('pause', `the move ${settings.id} has not begun`);
    return told(settings, options, io, PAUSED, EXIT.done);
  },
  abandon: async (settings, options, io) => {
    await working(settings, abandon);
    return told(
      settings,
      options,
      io,
      'Given up. The old side is as it was. What was copied and never opened is gone from the new side; what was open there is stale.',
      EXIT.done,
    );
  },
  contract: async (settings, options, io) => {
    if (options.confirm !== settings.id)
      throw notYet('contract', `it takes the way back away and has to be confirmed with the promotion's name: --confirm ${settings.id}`);
    if (options.backupVerified !== true)
      throw notYet('contract', 'a backup of the new side must have been restored and looked at first. When it has: --backup-verified');
    await working(settings, contract);
    return told(settings, options, io, 'The way back is closed: the new side stands alone.', EXIT.done);
  },
  status: (settings, options, io) => told(settings, options, io, undefined, EXIT.done),
  doctor: (settings, options, io) => told(settings, options, io, undefined, EXIT.done),
};

/** One action of the engine. Its exit codes are the engine's: 0 done, 10 waiting for go, 20 refused, 30 try again, 40 needs a person. */
export async function engineCommand(action: string, options: EngineFlags, io: Io): Promise<number> {
  const settings = readMove(options.settings, io.env);
  try {
    if (settings.kind !== 'postgres') {
      const act = (): Promise<number> => moverCommand(action, settings, options, teller(io, options), io);
      // Neither a cache nor a bucket has a lock that its server would take back from who is gone.
      return await (DRIVES.has(action) ? alone(promotionFolder(dirname(resolve(options.settings))), settings.id, act) : act());
    }
    return await (ACTS[action] as Act)(settings, options, io);
  } catch (error) {
    reportFailure(addressedError(error, placeOf(options)), io, options.json === true);
    return exitCodeOf(error);
  }
}

async function told(settings: PromotionSettings, options: EngineFlags, io: Io, first: string | undefined, code: number): Promise<number> {
  const standing = await readStanding(settings);
  if (options.json === true) printJson(standing, io);
  else io.out(`${first ?? addressed(explain(standing).join('\n'), placeOf(options))}\n`);
  return code;
}

/** What a command of this move is typed with. */
function placeOf({ settings }: Pick<EngineFlags, 'settings'>): string {
  return `--settings ${quoted(settings)}`;
}

/** Progress for a person, or JSON lines beside the one document. */
export function teller(io: Io, { json }: Pick<RunFlags, 'json'>): (progress: Progress) => void {
  let last = '';
  return (progress) => {
    const line =
      json === true
        ? JSON.stringify(progress)
        : `${progress.step}: ${progress.what}${progress.ms === undefined ? '' : ` (${progress.ms} ms)`}`;
    if (line !== last) io.err(`${line}\n`);
    last = line;
  };
}
