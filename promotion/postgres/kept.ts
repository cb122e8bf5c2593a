import { abandon } from '../engine/ending';
import { slotFull, slotLost } from '../engine/errors';
import { head, type Work } from '../engine/work';
import { slot } from './catalog';
import { epochOf } from './facts';
import type { Link } from './links';

/** Shares of the limit of what a server keeps for a slot: from here on a person is told, and from here on the move is given up by itself (reference: promotion.md, section 4.3). */
const [TELL, GIVE_UP] = [0.5, 0.8];

/**
 * Looks at what the servers keep for streams. Before the first cutover a move is given up while its slot is still whole: the server would end
 * it at its limit, and without a limit its disk would be full. Later a person decides, because the slot is the way back.
 * @throws `PROMOTION_SLOT_LOST`, `PROMOTION_SLOT_FULL`
 */
export async function watchSlots(work: Work, links: readonly Link[]): Promise<void> {
  for (const link of links) {
    const found = await slot(link.publisher, link.name);
    if (found?.status === 'lost') throw slotLost(link.name);
    const limit = Math.min(found?.limit ?? Number.POSITIVE_INFINITY, work.settings.slotBytes ?? Number.POSITIVE_INFINITY);
    const [kept, share] = [found?.kept ?? 0, (found?.kept ?? 0) / limit];
    if (share >= GIVE_UP && link.publisher === head(work, 'source') && (await epochOf(work.sides)) === 0) {
      await abandon(work);
      throw slotFull(link.name, kept, limit);
    }
    if (share >= TELL)
      work.progress({
        step: 'kept',
        what: `the server keeps ${Math.round(kept / 1e6)} MB for ${link.name}, of at most ${Math.round(limit / 1e6)} MB`,
        keptBytes: kept,
        limitBytes: limit,
      });
  }
}
