import { resizedForGood } from '../../../components/change';
import { pairOf } from '../../../stacks/transition';
import { soak } from '../../support/soak';
import type { Pair } from './journey';
import { built, environmentAt, nameOf, targetOf, type Way } from './ways';

/** A way as real Terraform goes through it. */
export interface Row extends Pair {
  readonly name: string;
  readonly way: Way;
}

/**
 * Tried on every change, and how much of them; all others in `npm run soak`. Tier 1 to 2 of DigitalOcean is led back (rollback.test.ts), rehearsed and
 * run (../../promotion) for every change besides.
 */
const always: Readonly<Record<string, Pick<Pair, 'closely'>>> = {
  'digitalocean tier2 to digitalocean tier3, data moved': { closely: 'all' },
  'aws tier1 to aws tier2': {},
};

/** Every way that can be built: as it is, and with the data moved where the provider would resize them for good. */
export const table: readonly Row[] = built.flatMap((way) => {
  const resizes = resizedForGood(pairOf(environmentAt(way.from, way.here), targetOf(way)).changes).length > 0;
  return [rowOf(way, resizes), ...(resizes ? [rowOf(way, false, { how: ', data moved', reversible: true })] : [])];
});

function rowOf(way: Way, resizes: boolean, more: Pick<Pair, 'how' | 'reversible'> = {}): Row {
  const { to, platform, ...region } = targetOf(way);
  const name = `${nameOf(way)}${more.how ?? ''}`;
  return {
    name,
    way,
    from: way.from.id,
    to,
    more: environmentAt(way.from, way.here),
    ...(platform === undefined ? {} : { there: { platform, ...region } }),
    ...more,
    returns: !resizes,
    rarely: always[name] === undefined,
    ...(soak ? { closely: 'sides' } : {}),
    ...always[name],
  };
}

/** Rows of `test.each`: what is tried now of the ways that begin and end there. */
export function rowsFrom({ here, there }: Pick<Way, 'here' | 'there'>): readonly (readonly [string, Row])[] {
  return table
    .filter(({ way, rarely }) => way.here === here && way.there === there && (soak || rarely !== true))
    .map((row) => [row.name, row] as const);
}
