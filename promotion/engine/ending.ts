import { dropLink, dropPublication, linksTo } from '../postgres/links';
import { clearMade } from '../postgres/clear';
import { epochOf, fact, SCHEMA, writeFact } from '../postgres/facts';
import { notYet } from './errors';
import { otherSide } from './settings';
import { head, openAfter, type Work } from './work';

/** Takes away everything that the engine has made for moving; the data stays. What says who is open goes last, so that this can be begun anew. */
async function clear(work: Work): Promise<void> {
  const open = openAfter(await epochOf(work.sides));
  await dropLinks(work);
  const links = [...linksTo(work, 'target'), ...linksTo(work, 'source')];
  for (const { publisher, publication } of links) await dropPublication(publisher, publication);
  for (const session of [...work.sides[otherSide(open)], ...work.sides[open].toReversed()])
    await session.rows(`drop schema if exists ${SCHEMA} cascade`);
}

async function dropLinks(work: Work): Promise<void> {
  for (const link of [...linksTo(work, 'target'), ...linksTo(work, 'source')]) await dropLink(link);
  work.reach('cleared.links');
}

/**
 * Gives a promotion up while writes belong to the old side. What was copied and never opened goes, so that another try finds the new side as
 * this one did; one that was open keeps its rows, which are stale from now on.
 */
export async function abandon(work: Work): Promise<void> {
  if (openAfter(await epochOf(work.sides)) !== 'source')
    throw notYet('give it up', 'writes belong to the new side. Go back first: terrace promote rollback');
  if ((await epochOf(work.sides)) === 0) await takeCopiesAway(work);
  await clear(work);
}

/** Whoever goes on from the middle of this begins with the schema: rows whose stream is gone are good for nothing. */
async function takeCopiesAway(work: Work): Promise<void> {
  for (const target of work.sides.target) if ((await fact(target, 'schema')) !== undefined) await writeFact(target, 'schema', 'given up');
  await dropLinks(work);
  for (const target of work.sides.target) await clearMade(target);
  work.reach('cleared.copies');
}

/** Ends a promotion that has proved itself. From here on there is no way back but a restore. */
export async function contract(work: Work): Promise<void> {
  const epoch = await epochOf(work.sides);
  if (openAfter(epoch) !== 'target') throw notYet('contract', 'writes belong to the old side');
  const [verified] = await head(work, 'target').rows(`select value from ${SCHEMA}.facts where name = 'verified'`);
  if (verified?.['value'] !== String(epoch))
    throw notYet('contract', 'both sides have not been compared yet. Run: terrace promote run --go');
  await clear(work);
}
