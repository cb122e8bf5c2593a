import { failedOver } from '../engine/errors';
import { fact, writeFact } from './facts';
import type { Link } from './links';
import type { Session } from './session';

/** The timeline that a server writes on, which a failover and a restore raise; undefined where it does not tell, as a standby. */
async function timelineOf(session: Session): Promise<string | undefined> {
  const name = await session.value('select pg_walfile_name(pg_current_wal_lsn())').catch(() => undefined);
  return typeof name === 'string' ? String(Number.parseInt(name.slice(0, 8), 16)) : undefined;
}

/** Writes down where the changes of a stream begin. It lies beside them, so that a standby that takes over has it too. */
export async function noteTimeline({ publisher, name }: Link): Promise<void> {
  const timeline = await timelineOf(publisher);
  if (timeline !== undefined) await writeFact(publisher, factName(name), timeline);
}

/** The same where nobody has yet: a step that is done again does not begin anew. */
export async function noteFirstTimeline(link: Link): Promise<void> {
  if ((await fact(link.publisher, factName(link.name))) === undefined) await noteTimeline(link);
}

/** @throws `PROMOTION_FAILED_OVER` where the changes come from another timeline than they began on */
export async function refuseOtherTimeline({ publisher, name }: Link): Promise<void> {
  const [then, now] = [await fact(publisher, factName(name)), await timelineOf(publisher)];
  if (then !== undefined && now !== undefined && then !== now) throw failedOver(name, then, now);
}

function factName(link: string): string {
  return `timeline of ${link}`;
}
