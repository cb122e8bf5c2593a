import { defaultEnvironment } from '../../environments/load';
import type { Environment } from '../../environments/schema';
import { openedSide } from '../../promotion/drill/opened';
import { notYet } from '../../promotion/engine/errors';
import { EXIT, exitCodeOf } from '../../promotion/engine/exit';
import { explain, readStanding } from '../../promotion/engine/standing';
import { findJournal, journalLines } from '../../promotion/journal/read';
import { alone } from '../../promotion/run/alone';
import { drive, type Ended } from '../../promotion/run/drive';
import { placeInRepository } from '../../promotion/source/source';
import { promotionRefused } from '../../promotion/plan';
import { tier as tierOf } from '../../tiers';
import { type PlatformId, platforms, type TierId } from '../../tiers/tier';
import { printJson } from '../answer';
import { confirmed } from '../confirm';
import { backupDoubts } from '../drill-record';
import { reportFailure } from '../failure';
import type { Io } from '../io';
import type { OpenProject, Project } from '../project';
import { servingSide } from '../serving-side';
import { quoted } from '../typed';
import { DRIVES, type RunFlags } from './commands';
import { promotionFolder } from './access-file';
import { addressed, addressedError } from './addressed';
import { type Desk, deskOf } from './desk';
import { engineCommand, teller } from './engine-commands';
import { settingsAlone, sourceWrong, targetMissing } from './errors';
import { knownFacts } from './facts';
import { fittingTarget } from './fitting';
import { choiceOf } from '../input/choice';
import { pathIn } from '../input/path';
import { moveLine, moveStandings, type ToldMove } from './move-standings';
import { PAUSED } from './paused';
import { leftStanding, readRetired, retiredFile } from './retired-file';
import { checkedTarget, firstEntry, movedAs, otherwise } from './target';

type Act = (desk: Desk, options: RunFlags, io: Io) => Promise<number>;

const ACTS: Readonly<Record<string, Act>> = {
  run: async (desk, options, io) => {
    const { environment } = await desk.project();
    await refuseWrong(desk, options, io);
    await desk.refuseByHand('forward');
    await desk.pause(false);
    const [to, platform] = [targetOf(environment, options), options.platform as PlatformId | undefined];
    return ended(await drive({ kind: 'promote', to, platform, go: options.go === true }, desk), desk, options, io);
  },
  rollback: async (desk, options, io) => {
    await desk.refuseByHand('back');
    return ended(await drive({ kind: 'rollback', keepTarget: options.keepTarget === true }, desk), desk, options, io);
  },
  abandon: async (desk, options, io) => {
    await desk.refuseByHand('back');
    return ended(await drive({ kind: 'abandon' }, desk), desk, options, io);
  },
  contract: async (desk, options, io) => {
    const { environment } = await desk.project();
    if (environment.promotion !== undefined && environment.promotion.phase !== 'contract') await agreed(desk, options, io);
    return ended(await drive({ kind: 'contract' }, desk), desk, options, io);
  },
  pause: async (desk, options, io) => {
    const { name, promotion } = (await desk.project()).environment;
    if (promotion === undefined) throw notYet('pause', `${name} is not being promoted`);
    await desk.pause(true);
    return told(desk, options, io, PAUSED);
  },
  status: (desk, options, io) => told(desk, options, io),
  doctor: async (desk, options, io) => {
    const settings = await desk.settings();
    return told(
      desk,
      options,
      io,
      undefined,
      settings === undefined || options.json === true ? [] : journalLines(await findJournal(settings)),
    );
  },
};

/** One action of `terrace promote` for an environment, or with `--settings` for one database. Exits with 0 done, 10 waiting, 20 refused, 30 try again, 40 needs a person. */
export async function runCommand(action: string, name: string | undefined, options: RunFlags, io: Io, open: OpenProject): Promise<number> {
  const { settings } = options;
  if (settings !== undefined) {
    const also = ofEnvironment(name, options);
    if (also.length > 0) throw settingsAlone(settings, also);
    return engineCommand(action, { ...options, settings }, io);
  }
  const desk: Desk = deskOf(
    name ?? options.environment,
    {
      json: options.json === true,
      autoApprove: options.autoApprove === true,
      typed: typed(action, name, options),
      access: options.access === undefined ? undefined : pathIn(io, options.access),
      begin: () => begun(desk, options, io),
      progress: teller(io, options),
    },
    quiet(io, options),
    open,
  );
  try {
    const act = (): Promise<number> => (ACTS[action] as Act)(desk, options, io);
    if (!DRIVES.has(action)) return await act();
    const { environment, folder } = await desk.project();
    return await alone(promotionFolder(folder), environment.name, act);
  } catch (error) {
    reportFailure(
      addressedError(error, quoted(name ?? options.environment ?? io.env['TERRACE_ENVIRONMENT'] ?? defaultEnvironment)),
      io,
      options.json === true,
    );
    return exitCodeOf(error);
  }
}

/** What a command line says of an environment, which the servers of a file of settings do not belong to. */
function ofEnvironment(
  name: string | undefined,
  { environment, to, platform, region, regions, source, access, facts, databaseGb, reversible, keepTarget, acceptShortCapacity }: RunFlags,
): readonly string[] {
  const flags = {
    environment,
    to,
    platform,
    region,
    regions,
    source,
    access,
    facts,
    reversible,
    'database-gb': databaseGb,
    'keep-target': keepTarget,
    'accept-short-capacity': acceptShortCapacity,
  };
  const given = Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag}`]));
  return [...(name === undefined ? [] : [`"${name}"`]), ...given];
}

/** The command line as it was given. */
function typed(action: string, name: string | undefined, options: RunFlags): string {
  const { to, platform, region, regions, source, access, environment, confirm, facts, databaseGb } = options;
  const texts = { environment, to, platform, region, regions, source, access, facts, 'database-gb': databaseGb, confirm };
  const switches = {
    reversible: options.reversible,
    'accept-short-capacity': options.acceptShortCapacity,
    go: options.go,
    'keep-target': options.keepTarget,
    'backup-verified': options.backupVerified,
  };
  return [
    `terrace promote ${action}`,
    ...(name === undefined ? [] : [quoted(name)]),
    ...Object.entries(texts).flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag} ${quoted(value)}`])),
    ...Object.entries(switches).flatMap(([flag, given]) => (given === true ? [`--${flag}`] : [])),
    ...(options.json === true ? ['--json'] : []),
  ].join(' ');
}

/** With `--json` one document is printed, at the end. */
function quiet(io: Io, { json }: RunFlags): Io {
  return json === true ? { ...io, out: () => undefined } : io;
}

/** What a command line and the environment file show to be wrong is said before Terraform plans anything. */
async function refuseWrong(desk: Desk, options: RunFlags, io: Io): Promise<void> {
  const { environment, folder } = await desk.project();
  const { to, source } = options;
  if (source !== undefined && SOURCE.exec(source) === null) throw sourceWrong(source);
  const platform = choiceOf('platform', options.platform, platforms, environment.platform);
  if (environment.promotion !== undefined) return refuseOther({ environment, folder }, options, io);
  if (to !== undefined && (tierOf(to).id !== environment.tier || platform !== environment.platform))
    await fittingTarget(environment, { ...options, to }, folder, io, desk.byHand);
}

/** A promotion goes on as it was begun; what is said anew has to be what its file says. @throws `PROMOTION_REFUSED` */
function refuseOther({ environment, folder }: Pick<Project, 'environment' | 'folder'>, options: RunFlags, io: Io): void {
  const problems = [...otherwise(environment, options), ...knownFacts(options, io, { environment, folder }).problems];
  if (problems.length > 0) throw promotionRefused(environment.name, problems);
}

/** `origin:main`. */
const SOURCE = /^([A-Za-z0-9._-]+):([A-Za-z0-9._/-]+)$/;

function targetOf({ promotion, name }: Environment, { to }: RunFlags): TierId {
  if (to !== undefined) return tierOf(to).id;
  if (promotion === undefined) throw targetMissing(name);
  return promotion.to;
}

/** What the file holds first, once nothing stands in the way. */
async function begun(desk: Desk, options: RunFlags, io: Io): Promise<NonNullable<Environment['promotion']>> {
  const project = await desk.project();
  const { facts } = knownFacts(options, io, project);
  const target = movedAs(await checkedTarget(project.environment, { ...options, to: options.to ?? '' }), facts);
  await desk.refuseMoves(target);
  const source = options.source === undefined ? undefined : await sourceOf(options.source, project.folder, project.file);
  return { ...firstEntry(target), ...(source === undefined ? {} : { source }) };
}

async function sourceOf(
  given: string,
  folder: string,
  file: string,
): Promise<{ readonly remote: string; readonly branch: string; readonly path: string }> {
  const [, remote, branch] = SOURCE.exec(given) ?? [];
  if (remote === undefined || branch === undefined) throw sourceWrong(given);
  return { remote, branch, path: await placeInRepository(folder, file, { remote, branch }) };
}

/** The last thing that can be taken back is said by name. */
async function agreed(desk: Desk, { confirm, backupVerified }: RunFlags, io: Io): Promise<void> {
  const project = await desk.project();
  const { name } = project.environment;
  const doubts = backupVerified === true ? [] : await doubtsOfBackup(desk, project);
  if (doubts.length > 0)
    throw notYet(
      'contract',
      `a backup of the new side must have been restored and looked at first (docs/backups.md). Let a drill do it: terrace drill ${name} --settings FILE; ${doubts.join('; ')}. Or vouch for it yourself: --backup-verified`,
    );
  const nobody = () =>
    notYet('contract', `it takes the way back away and has to be confirmed with the environment's name: --confirm ${name}`);
  if (confirm === undefined)
    await confirmed(io, `Contract lets go of the old side of ${name}; there is no way back. Type its name: `, name, nobody);
  else if (confirm !== name) throw nobody();
}

async function doubtsOfBackup(desk: Desk, project: Project): Promise<readonly string[]> {
  // Before soak there is no new side to ask, and the engine says that it is too early.
  const settings = project.environment.promotion?.phase === 'soak' ? await desk.settings() : undefined;
  return backupDoubts(project, servingSide(project), settings === undefined ? {} : await openedSide(settings));
}

async function ended({ code, step, place, where }: Ended, desk: Desk, options: RunFlags, io: Io): Promise<number> {
  const line = step.do === 'wait' ? waits[step.for](place, where) : ends[step.at](place);
  const left = step.do === 'end' && step.at === 'start' ? leftStanding(await desk.project()) : [];
  if (options.json === true)
    printJson({ ...(await documentOf(desk)), ended: step.do === 'wait' ? `waiting for ${step.for}` : 'done', exitCode: code }, io);
  else io.out(`${[line, ...left].join('\n')}\n`);
  return code;
}

type Line = (place: Ended['place'], where?: string) => string;

const waits: Readonly<Record<'source' | 'go' | 'contract', Line>> = {
  source: ({ environment }, where) =>
    `${environment}: the file does not stand yet where deploys read it (${where ?? ''}). Merge and push it; pull what others have pushed. Then run the same command again.`,
  go: ({ environment, promotion }) =>
    `${environment}: everything is copied and kept up to date, and writes go on where they were. Cut over: terrace promote run ${environment} --to ${promotion?.to ?? ''} --go`,
  contract: ({ environment, promotion }) =>
    `${environment} is served by ${promotion?.to ?? ''}, and the old side follows. Go back: terrace promote rollback ${environment}. When it has proved itself, restore its backup: terrace drill ${environment} --settings FILE. Then: terrace promote contract ${environment} --confirm ${environment}`,
};

const ends: Readonly<Record<'target' | 'start' | 'both', Line>> = {
  target: ({ environment, tier }) => `${environment} is at ${tier}. Nothing is left to do.`,
  start: ({ environment, tier }) => `${environment} is at ${tier}, and no promotion is under way.`,
  both: ({ environment, promotion }) =>
    `${environment} is served by the old side again; both stand. Cut over again: terrace promote run ${environment} --to ${promotion?.to ?? ''} --go. Or take the target away: terrace promote rollback ${environment}`,
};

/** Where a promotion stands: its file, and what the databases say. */
async function told(desk: Desk, options: RunFlags, io: Io, first?: string, last: readonly string[] = []): Promise<number> {
  if (options.json === true) {
    printJson(await documentOf(desk), io);
    return EXIT.done;
  }
  const project = await desk.project();
  const { promotion, name, tier } = project.environment;
  const settings = await desk.settings();
  const standing = await desk.stands();
  const lines = [
    promotion === undefined
      ? `${name} is at ${tier} and not being promoted.`
      : `${name} goes from ${tier} to ${promotion.to}; ${project.file} says phase ${promotion.phase}.`,
    ...(standing === undefined
      ? []
      : [`It ${standing.stands ? 'stands' : 'does not stand yet'} where deploys read it: ${standing.where}.`]),
    ...(settings === undefined ? [] : explain(await readStanding(settings)).map((line) => addressed(line, quoted(name)))),
    ...((await desk.isPausedHere()) ? ['Paused: nothing is cut over before the next "run".'] : []),
    ...(await movesBeside(desk, promotion)).map(moveLine),
    ...leftStanding(project),
  ];
  io.out(`${[...(first === undefined ? [] : [first]), ...lines, ...last].join('\n')}\n`);
  return EXIT.done;
}

/** Data that move beside the database; none while nothing is promoted. */
async function movesBeside(desk: Desk, promotion: Environment['promotion']): Promise<readonly ToldMove[]> {
  return promotion === undefined ? [] : moveStandings(await desk.movers());
}

async function documentOf(desk: Desk): Promise<object> {
  const project = await desk.project();
  const { environment } = project;
  const [settings, standing] = [await desk.settings(), await desk.stands()];
  const data = settings === undefined ? null : await readStanding(settings);
  return {
    environment: environment.name,
    tier: environment.tier,
    promotion: environment.promotion ?? null,
    source: standing === undefined ? null : { where: standing.where, stands: standing.stands },
    data,
    paused: data?.paused === true || (await desk.isPausedHere()),
    moves: await movesBeside(desk, environment.promotion),
    leftStanding: readRetired(retiredFile(project)),
  };
}
