import { blocked, schemaDiffers, stalled } from '../engine/errors';
import { head, type Work } from '../engine/work';
import type { MoveStep } from '../types';
import { refuseCut } from './arrival';
import { copyStates, differences, shape } from './catalog';
import { copiedLine, copyMeter, secondsLeft } from './copied';
import { dialectOf } from './dialect';
import { fact, makeFacts, writeFact } from './facts';
import { noteLimit, watchSlots } from './kept';
import { keyMaker, keysMade, largeTables } from './keys';
import { dropLink, isPublished, isSubscribed, kick, type Link, linksTo, publish, subscribe } from './links';
import { objects, refreshViews } from './objects';
import { preflight } from './preflight';
import { appRoles } from './roles';
import { dumpSchema, restoreLater, restoreSchema } from './schema';
import { MOMENT, pause } from './session';
import { noteFirstTimeline } from './timeline';

/** Everything before writes are held back. Any of it can be given up without a trace. */
export function preparation(work: Work): readonly MoveStep[] {
  const source = head(work, 'source');
  const targets = work.sides.target;
  const links = linksTo(work, 'target');
  const all = async (holds: (link: Link) => Promise<boolean>): Promise<boolean> => (await Promise.all(links.map(holds))).every(Boolean);
  return [
    { name: 'preflight', done: async () => false, act: () => refuseBlocked(work, links) },
    {
      name: 'published',
      done: async () => (await fact(source, 'roles')) !== undefined && (await all((link) => isPublished(work, link, true))),
      act: async () => {
        await makeFacts(source);
        await writeFact(source, 'promotion', work.settings.id);
        await writeFact(source, 'roles', JSON.stringify(await appRoles(work)));
        for (const link of links) await noteFirstTimeline(link);
        work.reach('published.facts');
        for (const link of links) await publish(work, link, true);
      },
    },
    {
      name: 'schema',
      done: async () => (await Promise.all(targets.map((target) => fact(target, 'schema')))).every((told) => told === 'made'),
      act: async () => {
        const large = await largeTables(source, work.settings.largeTableBytes);
        const [text, roles] = [await dumpSchema(work.settings, large), await appRoles(work)];
        work.reach('schema.dumped');
        for (const link of links) {
          if ((await fact(link.subscriber, 'schema')) === 'made') continue;
          await dropLink(link);
          noteRefused(work, 'schema', await restoreSchema(link.subscriber, roles, text, work.settings.id, source));
        }
      },
    },
    {
      name: 'subscribed',
      done: () => all((link) => isSubscribed(work, link)),
      act: async () => {
        await sameTables(work);
        for (const link of links) await subscribe(work, link);
      },
    },
    { name: 'copied', done: () => all(copied), act: () => copyAll(work, links) },
    {
      name: 'indexed',
      done: async () => (await Promise.all(targets.map((target) => fact(target, 'indexed')))).every((told) => told === 'done'),
      act: async () => {
        for (const target of targets) {
          if ((await fact(target, 'indexed')) === 'done') continue;
          await restoreLater(target, (await fact(target, 'later')) ?? '');
          work.reach('indexed.one');
          await target.rows('analyze', undefined, 3_600_000);
          // The app would otherwise find them empty from the commit point on, until they are filled anew.
          await refreshViews(target);
        }
      },
    },
  ];
}

/** What a managed server does not let anybody set is said, because the app may count on it. */
export function noteRefused(work: Work, step: string, refused: readonly string[]): void {
  for (const each of refused) {
    work.journal.note(step, 'note', { facts: { refused: each } });
    work.progress({ step, what: `the new side does not take a setting of the old one: ${each}` });
  }
}

async function refuseBlocked(work: Work, links: readonly Link[]): Promise<void> {
  await watchSlots(work, links);
  const blockers = await preflight(work);
  if (blockers.length > 0) throw blocked(blockers);
  if (!(await Promise.all(links.map((link) => isSubscribed(work, link)))).every(Boolean)) await noteLimit(work);
}

async function copied({ subscriber, name }: Link): Promise<boolean> {
  const states = await copyStates(subscriber, name);
  return states.length > 0 && states.every(({ state }) => state === 'r') && (await keysMade(subscriber));
}

/** How long a copy may stand still before a worker is started anew, in milliseconds. */
const STILL = 5000;

/** Milliseconds between two lines about a copy in which no table was finished. */
const TELL = 1000;

/** Milliseconds until the next look at a copy that has taken so long: each look asks both servers, which have enough to do. */
function untilNextLook(took: number): number {
  return Math.min(TELL, Math.max(MOMENT, took / 20));
}

/** Makes keys as rows arrive, and waits for the copies; one whose slot a crash of the target took away is begun anew. */
async function copyAll(work: Work, links: readonly Link[]): Promise<void> {
  const patience = (work.settings.stillSeconds ?? PATIENCE) * 1000;
  const [keys, meter] = [await Promise.all(links.map((link) => keyMaker(work, link))), await copyMeter(work, links)];
  const told = { ready: -1, at: 0 };
  const began = performance.now();
  for (let [since, mended, seen] = [began, began, '']; ; await pause(untilNextLook(performance.now() - began))) {
    const states = await Promise.all(links.map((link) => copyStates(link.subscriber, link.name)));
    const keyed = await Promise.all(keys.map(({ look }) => look()));
    if (keyed.every(Boolean) && states.every((each) => each.length > 0 && each.every(({ state }) => state === 'r'))) return;
    await watchSlots(work, links);
    const now = JSON.stringify([states, await Promise.all(links.map(copiedBytes))]);
    const ready = states.flat().filter(({ state }) => state === 'r').length;
    if (now !== seen) [since, mended, seen] = [performance.now(), performance.now(), now];
    if (ready !== told.ready || performance.now() - told.at > TELL) {
      const copied = await meter();
      work.progress({ step: 'copied', what: copiedLine(copied), ...copied });
      Object.assign(told, { ready, at: performance.now() });
    }
    if (performance.now() - since > patience)
      throw stalled(
        links.map(({ name }) => name),
        patience / 1000,
      );
    if (performance.now() - mended > STILL) {
      await sameTables(work);
      mended = performance.now();
      for (const link of links) await mend(work, link);
    }
  }
}

/** How far the running copies are; a large table is one state for hours. While a key is made something happens, whatever it tells. */
async function copiedBytes({ subscriber }: Link): Promise<unknown> {
  return await subscriber.value(
    `select concat((select sum(bytes_processed) from pg_stat_progress_copy), (select clock_timestamp() from pg_stat_progress_create_index limit 1))`,
  );
}

/**
 * A table whose copy was done but whose mark was lost with a crash waits for a slot that is gone. It leaves the publication and enters the stream
 * anew; no foreign key refers to it yet.
 */
async function mend(work: Work, link: Link): Promise<void> {
  await kick(link);
  for (const table of await marksLost(link)) {
    work.journal.note('copied', 'note', { facts: { again: table } });
    await link.publisher.rows(`alter publication ${link.publication} drop table ${table}`);
    await dialectOf(link.subscriber).refresh(link.name);
    work.reach('copied.left');
    await publish(work, link, true);
    await subscribe(work, link);
  }
}

/** Milliseconds after which a mark that is still missing was lost. */
const MARKING = 1000;

/** Tables that wait for a slot that is gone, and go on doing so: a worker drops its slot a moment before its mark is there to see. */
async function marksLost(link: Link): Promise<readonly string[]> {
  const seen = await orphans(link);
  if (seen.length === 0) return [];
  await pause(MARKING);
  const still = new Set(await orphans(link));
  return seen.filter((table) => still.has(table));
}

async function orphans(link: Link): Promise<readonly string[]> {
  const slots = new Set((await link.publisher.rows('select slot_name as name from pg_replication_slots')).map(({ name }) => String(name)));
  const waiting = await link.subscriber.rows(
    `select format('%I.%I', n.nspname, c.relname) as table, format('pg_%s_sync_%s_', s.oid, r.srrelid) as slot
    from pg_subscription_rel r join pg_subscription s on s.oid = r.srsubid join pg_class c on c.oid = r.srrelid join pg_namespace n on n.oid = c.relnamespace
    where s.subname = $1 and r.srsubstate = 'f' order by 1`,
    [link.name],
  );
  return waiting.filter(({ slot }) => ![...slots].some((name) => name.startsWith(String(slot)))).map(({ table }) => String(table));
}

/** Bytes of changes behind which nobody would notice the rest in the window. */
const NEAR = 2_000_000;

/** Seconds for which no step forward is seen before a person has to look. */
const PATIENCE = 120;

/**
 * Waits until the other side is near, what is written now arrives there, and the same tables are on both.
 * @throws `PROMOTION_STALLED`, `PROMOTION_SCHEMA_DIFFERS`, `PROMOTION_SLOT_LOST`, `PROMOTION_BLOCKED`
 */
export async function catchUp(work: Work, links: readonly Link[]): Promise<void> {
  const to = links.every(({ publisher }) => publisher === head(work, 'source')) ? 'target' : 'source';
  await sameTables(work);
  if (to === 'target') await sameObjects(work);
  const patience = (work.settings.stillSeconds ?? PATIENCE) * 1000;
  let [best, kicked, first]: [number, number, { readonly behind: number; readonly at: number } | undefined] = [
    Number.POSITIVE_INFINITY,
    performance.now(),
    undefined,
  ];
  for (let [near, since] = [0, performance.now()]; near < 2; await pause(MOMENT)) {
    await watchSlots(work, links);
    const behind = Math.max(...(await Promise.all(links.map(lag))));
    near = behind < NEAR ? near + 1 : 0;
    if (behind < best) [best, since, kicked] = [behind, performance.now(), performance.now()];
    if (Number.isFinite(behind)) first ??= { behind, at: performance.now() };
    const left =
      first === undefined ? undefined : secondsLeft(first.behind - behind, Math.max(0, behind - NEAR), performance.now() - first.at);
    work.progress({
      step: 'caught-up',
      what: `${behind} bytes behind${left === undefined || near > 0 ? '' : `, about ${left} s left`}`,
      lagBytes: behind,
      secondsLeft: left,
    });
    if (performance.now() - since > patience)
      throw stalled(
        links.map(({ name }) => name),
        patience / 1000,
      );
    if (performance.now() - kicked < STILL) continue;
    await sameTables(work);
    for (const link of links) await kick(link);
    kicked = performance.now();
  }
  await refuseCut(links, to);
}

async function lag({ publisher, name }: Link): Promise<number> {
  const behind = await publisher.value(
    'select pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)::float8 from pg_replication_slots where slot_name = $1',
    [name],
  );
  return typeof behind === 'number' ? behind : Number.POSITIVE_INFINITY;
}

/** A change of the tables stops every stream at the first row that meets it, and a new table is not carried at all. */
export async function sameTables(work: Work): Promise<void> {
  const here = await shape(head(work, 'source'));
  for (const target of work.sides.target) {
    const found = differences(here, await shape(target));
    if (found.length > 0) throw schemaDiffers(found);
  }
  const links = linksTo(work, 'target');
  const listed = await Promise.all(
    links.map(
      async (link) =>
        (await link.publisher.value('select count(*)::int from pg_publication where pubname = $1', [link.publication])) === 0 ||
        isPublished(work, link, true),
    ),
  );
  if (!listed.every(Boolean)) throw schemaDiffers(['a table of the old side is not in the publication']);
}

/**
 * What the old side has got since the schema was read would be missing on the new one from the commit point on: a view, a function, an index; a label
 * of an enum stops the stream, a sequence the window. What only the new side has takes nothing from anybody. A schema that was given is the giver's.
 */
async function sameObjects(work: Work): Promise<void> {
  if (work.settings.schema !== undefined) return;
  const here = await objects(head(work, 'source'));
  const there = await Promise.all(work.sides.target.map(objects));
  const found = there.flatMap((each) => differences(here, each).filter((line) => line.startsWith('only on the old side')));
  if (found.length > 0) throw schemaDiffers([...new Set(found)]);
}
