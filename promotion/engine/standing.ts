import { copyStates, loginRoles, slot, subscription } from '../postgres/catalog';
import { epochOf, fact } from '../postgres/facts';
import { openRoles } from '../postgres/fence';
import { countLargeObjects } from '../postgres/leaving';
import { linksTo, type Link } from '../postgres/links';
import { openSession, type Session } from '../postgres/session';
import { routeOf } from '../poolers/route';
import { holderOf } from './lock';
import { counted } from '../../values/counted';
import { otherSide, type PromotionSettings, type SideName } from './settings';
import { openAfter, type Work } from './work';

/** A stream of changes as its two servers tell of it. */
export interface LinkStanding {
  readonly name: string;
  readonly to: SideName;
  readonly subscription: 'none' | 'disabled' | 'enabled';
  readonly slot: 'none' | 'lost' | 'kept';
  /** Bytes of changes that the server keeps for it. */
  readonly keptBytes: number;
  /** Bytes at which the server gives it up; null where it has no limit: a stream that nobody reads fills its disk. */
  readonly limitBytes: number | null;
  readonly tablesReady: number;
  readonly tables: number;
}

/** Where a promotion stands, told by the databases alone. */
export interface Standing {
  readonly promotion: string;
  readonly reachable: Readonly<Record<SideName, boolean>>;
  /** Of each server that does not answer: which one, and why. */
  readonly unanswered: readonly string[];
  /** The last step that is done. */
  readonly state: State;
  /** The side that writes belong to; whether they are held back there. */
  readonly open: SideName;
  readonly heldBack: boolean;
  /** Whether somebody has asked that nothing is cut over before the next run. */
  readonly paused: boolean;
  /** How often sides were changed. */
  readonly epoch: number;
  readonly verified: boolean;
  readonly routedTo: SideName | undefined;
  readonly links: readonly LinkStanding[];
  /** Who works on it now. */
  readonly engine: string | undefined;
  readonly reversible: { readonly yes: boolean; readonly because: string };
  /** Slots of a promotion that nobody reads: each keeps changes until the disk is full. */
  readonly orphans: readonly string[];
}

export type State =
  | 'unknown'
  | 'not begun'
  | 'published'
  | 'schema'
  | 'subscribed'
  | 'copied'
  | 'indexed'
  | 'fenced'
  | 'opened'
  | 'routed'
  | 'reversing'
  | 'verified';

/** Reads where a promotion stands. Changes nothing, takes no lock, needs no journal. */
export async function readStanding(settings: PromotionSettings): Promise<Standing> {
  const [source, target] = await Promise.all([reach([settings.source]), reach(settings.targets)]);
  try {
    if (source.why.length + target.why.length > 0) return partial(settings, source.why, target.why);
    return await standing(settings, { source: source.sessions, target: target.sessions });
  } finally {
    for (const session of [...source.sessions, ...target.sessions]) session.close();
  }
}

interface Reached {
  readonly sessions: readonly Session[];
  readonly why: readonly string[];
}

async function reach(servers: PromotionSettings['targets']): Promise<Reached> {
  const opened = await Promise.allSettled(servers.map((server) => openSession(server, 3000, 'terrace status')));
  return {
    sessions: opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
    why: opened.flatMap((result) => (result.status === 'rejected' ? [(result.reason as Error).message] : [])),
  };
}

function partial(settings: PromotionSettings, old: readonly string[], next: readonly string[]): Standing {
  const reachable = { source: old.length === 0, target: next.length === 0 };
  const away = reachable.source ? 'The new side' : reachable.target ? 'The old side' : 'Neither side';
  return {
    promotion: settings.id,
    reachable,
    unanswered: [...old, ...next],
    state: 'unknown',
    open: 'source',
    heldBack: false,
    paused: false,
    epoch: 0,
    verified: false,
    routedTo: undefined,
    links: [],
    engine: undefined,
    orphans: [],
    reversible: { yes: false, because: `${away} ${reachable.source || reachable.target ? 'does not answer' : 'answers'}` },
  };
}

async function standing(settings: PromotionSettings, sides: Work['sides']): Promise<Standing> {
  const work = { settings, sides } as unknown as Work;
  const [first, other] = [sides.source[0], sides.target[0]] as [Session, Session];
  const epoch = await epochOf(sides);
  const open = openAfter(epoch);
  const told = await fact(first, 'roles');
  const roles = told === undefined ? (settings.appRoles ?? (await loginRoles(first))) : (JSON.parse(told) as string[]);
  const heldBack = told !== undefined && (await openRoles(sides[open][0] as Session, roles)).length === 0;
  const links = await Promise.all((['target', 'source'] as const).flatMap((to) => linksTo(work, to).map((link) => linkStanding(link, to))));
  const verified = (await fact(sides[open][0] as Session, 'verified')) === String(epoch) && epoch > 0;
  const routedTo = await routeOf(settings.route, { source: [settings.source], target: settings.targets }).points();
  const facts = { told, schema: await fact(other, 'schema'), indexed: await fact(other, 'indexed') };
  const state = stateOf({ epoch, open, heldBack, verified, routedTo, links, ...facts });
  return {
    promotion: (await fact(first, 'promotion')) ?? settings.id,
    reachable: { source: true, target: true },
    unanswered: [],
    state,
    open,
    heldBack,
    paused: (await fact(first, 'paused')) === 'yes',
    epoch,
    verified,
    routedTo,
    links,
    engine: (await holderOf(first))?.name,
    reversible: reversible(state, open, links, await largeObjectsOf(sides[open])),
    orphans: await orphans(sides, links),
  };
}

async function linkStanding({ name, publisher, subscriber }: Link, to: SideName): Promise<LinkStanding> {
  const [sub, kept, states] = [await subscription(subscriber, name), await slot(publisher, name), await copyStates(subscriber, name)];
  return {
    name,
    to,
    subscription: sub === undefined ? 'none' : sub.enabled ? 'enabled' : 'disabled',
    slot: kept === undefined ? 'none' : kept.status === 'lost' ? 'lost' : 'kept',
    keptBytes: kept?.kept ?? 0,
    limitBytes: kept?.limit ?? null,
    tablesReady: states.filter(({ state }) => state === 'r').length,
    tables: states.length,
  };
}

interface Seen extends Pick<Standing, 'epoch' | 'open' | 'heldBack' | 'verified' | 'routedTo' | 'links'> {
  readonly told: string | undefined;
  readonly schema: string | undefined;
  readonly indexed: string | undefined;
}

function stateOf({ epoch, open, heldBack, verified, routedTo, links, told, schema, indexed }: Seen): State {
  if (heldBack) return 'fenced';
  if (epoch > 0) {
    if (verified) return 'verified';
    if (streams(links, otherSide(open))) return 'reversing';
    return routedTo === open ? 'routed' : 'opened';
  }
  if (told === undefined) return 'not begun';
  if (schema === undefined) return 'published';
  const forward = links.filter(({ to }) => to === 'target');
  if (!forward.every(({ subscription: kind, slot: kept }) => kind !== 'none' && kept === 'kept')) return 'schema';
  if (!forward.every(({ tables, tablesReady }) => tables > 0 && tables === tablesReady)) return 'subscribed';
  return indexed === 'done' ? 'indexed' : 'copied';
}

function streams(links: readonly LinkStanding[], to: SideName): boolean {
  return links.filter((link) => link.to === to).every(({ subscription: kind, slot: kept }) => kind === 'enabled' && kept === 'kept');
}

async function largeObjectsOf(sessions: readonly Session[]): Promise<number> {
  return (await Promise.all(sessions.map(countLargeObjects))).reduce((sum, count) => sum + count, 0);
}

function reversible(state: State, open: SideName, links: readonly LinkStanding[], large: number): Standing['reversible'] {
  if (open === 'source')
    return { yes: true, because: state === 'not begun' ? 'nothing has been done' : 'writes belong to the old side, as before' };
  const back = links.filter(({ to }) => to === 'source');
  if (back.some(({ slot: kept }) => kept === 'lost'))
    return { yes: false, because: 'the new side no longer keeps the changes that the old one has not seen' };
  // Who takes a stream away begins with its subscription: one without a slot has lost it, as by a failover.
  if (back.some(({ slot: kept, subscription: kind }) => kept === 'none' && kind !== 'none'))
    return {
      yes: false,
      because:
        'the new side has lost the slot of the stream back (a failover, or somebody dropped it), and with it changes that the old one has not seen',
    };
  if (back.some(({ slot: kept }) => kept === 'none')) return { yes: false, because: 'the way back has been taken away (contract)' };
  if (large > 0) return { yes: false, because: `the new side has ${counted(large, 'large object')}, which the way back does not carry` };
  return { yes: true, because: 'every change goes back to the old side' };
}

async function orphans(sides: Work['sides'], links: readonly LinkStanding[]): Promise<readonly string[]> {
  const live = new Set(links.filter(({ subscription: kind }) => kind !== 'none').map(({ name }) => name));
  const found = await Promise.all(
    [...sides.source, ...sides.target].map((session) =>
      session.rows(`select slot_name as name from pg_replication_slots where slot_name ~ '^terrace_to_' and not active`),
    ),
  );
  return found
    .flat()
    .map(({ name }) => String(name))
    .filter((name) => !live.has(name));
}

/** What a person reads: what is true, and what to do. */
export function explain(found: Standing): readonly string[] {
  const { reachable, state, open, heldBack, links, engine, reversible: way, orphans: lost, promotion } = found;
  if (state === 'unknown')
    return [
      `${way.because}. Nothing can be said before both do. Writes belong to whichever side lets the app in; do not open one by hand.`,
      ...found.unanswered,
    ];
  const side = (name: SideName): string => (name === 'source' ? 'the old side' : 'the new side');
  const next: Readonly<Record<State, string>> = {
    unknown: '',
    'not begun': 'Begin: terrace promote run.',
    published: 'Go on: terrace promote run.',
    schema: 'Go on: terrace promote run.',
    subscribed: 'The servers copy by themselves. Watch: terrace promote run.',
    copied: 'Go on: terrace promote run.',
    indexed: 'Ready. Cut over: terrace promote run --go. Or give it up: terrace promote abandon.',
    fenced:
      engine === undefined
        ? `Writes are held back and no engine is at work. Go on: terrace promote run --go. Or let writes go again on ${side(open)}: terrace promote ${open === 'source' ? 'rollback' : 'run --go'}.`
        : 'A cutover is under way.',
    opened: 'Finish what follows: terrace promote run --go.',
    routed: 'Finish what follows: terrace promote run --go.',
    reversing: 'Both sides have to be compared: terrace promote run --go.',
    verified:
      open === 'target'
        ? 'Promoted, and compared. Go back: terrace promote rollback. When it has proved itself: terrace promote contract.'
        : 'Rolled back, and compared. Cut over again: terrace promote run --go. Or give it up: terrace promote abandon.',
  };
  return [
    `${promotion}: ${state}. Writes belong to ${side(open)}${heldBack ? ', where they are held back' : ''}; ${found.epoch} ${found.epoch === 1 ? 'change' : 'changes'} of sides so far.`,
    `Both sides answer: ${reachable.source && reachable.target ? 'yes' : 'no'}. An engine is at work: ${engine ?? 'no'}. The app is led to: ${found.routedTo === undefined ? 'nobody can say, or it is held back' : side(found.routedTo)}.`,
    ...links
      .filter(({ subscription: kind, slot: kept }) => kind !== 'none' || kept !== 'none')
      .map(
        (link) =>
          `Stream ${link.name}: subscription ${link.subscription}, slot ${link.slot}, ${link.tablesReady} of ${link.tables} tables ready, ${link.keptBytes} bytes kept of ${link.limitBytes === null ? 'any number: max_slot_wal_keep_size sets no limit, so that a stream nobody reads fills the disk' : `at most ${link.limitBytes}`}.`,
      ),
    ...lost.map(
      (name) =>
        `The slot ${name} belongs to no stream and keeps changes until the disk is full. The next run drops it; without one: select pg_drop_replication_slot('${name}').`,
    ),
    `The way back is open: ${way.yes ? 'yes' : 'no'}, ${way.because}.`,
    ...(found.paused ? ['Paused: nothing is cut over before the next "run".'] : []),
    next[state],
  ];
}
