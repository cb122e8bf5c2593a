import { dropLink, dropPublication, linksTo } from '../postgres/links';
import { epochOf, SCHEMA } from '../postgres/facts';
import { notYet } from './errors';
import { otherSide } from './settings';
import { head, openAfter, type Work } from './work';

/** Takes away everything that the engine has made for moving; the data stays. What says who is open goes last, so that this can be begun anew. */
export async function clear(work: Work): Promise<void> {
  const open = openAfter(await epochOf(work.sides));
  const links = [...linksTo(work, 'target'), ...linksTo(work, 'source')];
  for (const link of links) await dropLink(link);
  work.reach('cleared.links');
  for (const { publisher, publication } of links) await dropPublication(publisher, publication);
  for (const session of [...work.sides[otherSide(open)], ...work.sides[open].toReversed()])
    await session.rows(`drop schema if exists ${SCHEMA} cascade`);
}

/** Gives a promotion up while writes belong to the old side. The new side keeps the rows it has; they are stale from now on. */
export async function abandon(work: Work): Promise<void> {
  if (openAfter(await epochOf(work.sides)) !== 'source')
    throw notYet('give it up', 'writes belong to the new side. Go back first: terrace promote rollback');
  await clear(work);
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
