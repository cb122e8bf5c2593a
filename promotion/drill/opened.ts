import type { PromotionSettings } from '../engine/settings';
import { fact } from '../postgres/facts';
import { systemOf } from '../postgres/servers';
import { openSession } from '../postgres/session';
import type { Wanted } from './record';

/** What the new side says of itself, for a drill to be held against: who it is, and since when writes are its own. @throws `PROMOTION_UNREACHABLE` */
export async function openedSide({ targets: [first] }: Pick<PromotionSettings, 'targets'>): Promise<Pick<Wanted, 'system' | 'after'>> {
  if (first === undefined) return {};
  const session = await openSession(first);
  try {
    return { system: await systemOf(session), after: await fact(session, 'opened at') };
  } finally {
    session.close();
  }
}
