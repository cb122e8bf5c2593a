import { notYet } from '../../promotion/engine/errors';
import { EXIT } from '../../promotion/engine/exit';
import type { Progress } from '../../promotion/engine/work';
import { moverOf, type MoveSettings } from '../../promotion/movers/mover-of';
import { move } from '../../promotion/movers/move';
import type { Mover } from '../../promotion/types';
import { printJson } from '../answer';
import type { Io } from '../io';
import type { RunFlags } from './commands';
import { moveLine } from './move-standings';

interface Asked {
  readonly mover: Mover;
  readonly settings: MoveSettings;
  readonly options: RunFlags & { readonly settings: string };
  readonly tell: (step: string) => void;
}

/** What was done, in a sentence, and what to exit with. */
type Said = readonly [text: string | undefined, code: number];

const acts: Readonly<Record<string, (asked: Asked) => Promise<Said>>> = {
  run: async ({ mover, options, tell }) => {
    const { waiting } = await move(mover, { open: 'target', untilReady: options.go !== true }, tell);
    return waiting
      ? [`Ready. Cut over: terrace promote run --settings ${options.settings} --go`, EXIT.waiting]
      : ['Writes belong to the new side.', EXIT.done];
  },
  rollback: async ({ mover, tell }) => {
    await move(mover, { open: 'source' }, tell);
    return ['Writes belong to the old side.', EXIT.done];
  },
  abandon: async ({ mover }) => {
    if ((await mover.standing()).open === 'target')
      throw notYet('give it up', 'writes belong to the new side. Go back first: terrace promote rollback');
    await mover.cleanUp();
    return ['Given up. What is left of the copy on the new side is stale from now on.', EXIT.done];
  },
  contract: async ({ mover, settings: { id }, options }) => {
    if (options.confirm !== id)
      throw notYet('contract', `it takes the way back away and has to be confirmed with the promotion's name: --confirm ${id}`);
    if (options.backupVerified !== true)
      throw notYet('contract', 'a backup of the new side must have been restored and looked at first. When it has: --backup-verified');
    if ((await mover.standing()).open === 'source') throw notYet('contract', 'writes belong to the old side');
    await mover.cleanUp();
    return ['The way back is closed: the new side stands alone.', EXIT.done];
  },
  pause: async ({ settings: { kind } }) => Promise.reject(notYet('pause', `a move of kind ${kind} changes sides only by "run --go"`)),
  status: async () => [undefined, EXIT.done],
  doctor: async () => [undefined, EXIT.done],
};

/** One action on data that is not moved by logical replication: a cache, objects, a database by dump. */
export async function moverCommand(
  action: string,
  settings: MoveSettings,
  options: Asked['options'],
  progress: (progress: Progress) => void,
  io: Io,
): Promise<number> {
  const mover = moverOf(settings, { progress });
  const [text, code] = await (acts[action] as (asked: Asked) => Promise<Said>)({
    mover,
    settings,
    options,
    tell: (what) => progress({ step: mover.id, what }),
  });
  const standing = await mover.standing();
  if (options.json === true) printJson({ promotion: settings.id, method: mover.method, ...standing }, io);
  else io.out(`${text ?? moveLine({ id: settings.id, method: mover.method, standing })}\n`);
  return code;
}
