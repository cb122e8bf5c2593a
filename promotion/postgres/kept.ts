import { abandon } from '../engine/ending';
import { slotFull, slotLost } from '../engine/errors';
import { head, type Work } from '../engine/work';
import { slot } from './catalog';
import { epochOf } from './facts';
import type { Link } from './links';
import type { Session } from './session';
import { megabytes } from '../../values/megabytes';

/** Shares of the limit of what a server keeps for a slot: from here on a person is told, and from here on the move is given up by itself (reference: promotion.md, section 4.3). */
const [TELL, GIVE_UP] = [0.5, 0.8];

/** Of what is free on a disk, what changes that wait may take (the same section). */
const SHARE = 1 / 3;

/** Bytes that are kept whatever a disk has left: a usual move needs that much, and a disk may have grown since somebody looked. */
const LEAST = 256e6;

/** Bytes that a server may keep of which nobody knows the disk: what a server of ours has as its limit. */
const UNKNOWN = 4e9;

/**
 * Looks at what the servers keep for streams. Before the first cutover a move is given up while its slot is still whole: the server would end
 * it at its limit, and without a limit its disk would be full. Later a person decides, because the slot is the way back.
 * @throws `PROMOTION_SLOT_LOST`, `PROMOTION_SLOT_FULL`
 */
export async function watchSlots(work: Work, links: readonly Link[]): Promise<void> {
  for (const link of links) {
    const found = await slot(link.publisher, link.name);
    if (found === undefined) continue;
    if (found.status === 'lost') throw slotLost(link.name);
    const { kept } = found;
    // No limit is below the least, so that below its half nobody has to look at the disk.
    const limit = stated(work, found.limit) ?? (kept < LEAST * TELL ? Number.POSITIVE_INFINITY : await allowed(work, link.publisher));
    const share = kept / limit;
    if (share >= GIVE_UP && link.publisher === head(work, 'source') && (await epochOf(work.sides)) === 0) {
      await abandon(work);
      throw slotFull(link.name, kept, limit);
    }
    if (share >= TELL)
      work.progress({
        step: 'kept',
        what: `the server keeps ${megabytes(kept)} for ${link.name}, of at most ${megabytes(limit)}`,
        keptBytes: kept,
        limitBytes: limit,
      });
  }
}

/** Says by what the move goes where the old server itself has no limit, as DigitalOcean's have none that a customer could set. */
export async function noteLimit(work: Work): Promise<void> {
  const source = head(work, 'source');
  const server = await source.value(
    `select nullif(setting, '-1')::float8 * 1048576 from pg_settings where name = 'max_slot_wal_keep_size'`,
  );
  if (stated(work, typeof server === 'number' ? server : null) !== undefined) return;
  const [limit, known] = [await allowed(work, source), work.settings.sourceDiskBytes !== undefined];
  work.progress({
    step: 'kept',
    what: `the old server has no limit to what it keeps for the new one (max_slot_wal_keep_size): at ${megabytes(limit * GIVE_UP)} the copy is given up, four fifths of ${known ? 'a third of what is free on its disk' : `${megabytes(limit)}, because nobody has said how large its disk is (sourceDiskBytes)`}; slotBytes sets another limit`,
    limitBytes: limit,
  });
}

/** The limit that the server has or a person has given, the smaller of the two. */
function stated({ settings: { slotBytes } }: Work, server: number | null): number | undefined {
  const limits = [server, slotBytes].filter((limit) => typeof limit === 'number');
  return limits.length === 0 ? undefined : Math.min(...limits);
}

/** What a server without a limit may keep, as long as its disk takes what the app writes. */
async function allowed({ settings, sides }: Work, publisher: Session): Promise<number> {
  const { sourceDiskBytes, targetDiskBytes } = settings;
  const disk = sides.source.includes(publisher) ? sourceDiskBytes : targetDiskBytes && targetDiskBytes / sides.target.length;
  if (disk === undefined) return UNKNOWN;
  const used = Number(await publisher.value('select pg_database_size(current_database())::float8'));
  return Math.max(LEAST, (disk - used) * SHARE);
}
