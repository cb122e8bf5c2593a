import { TerraceError } from '../values/errors';
import { nearest } from '../values/nearest';

/** A name that the catalog does not know: a droplet size, a region, an image, a model. */
export function unknownName(kind: string, given: string, allowed: readonly string[]): TerraceError {
  return new TerraceError('CATALOG_NAME_UNKNOWN', `"${given}" is not a known ${kind}. ${suggestion(given, allowed)}`, [], 2);
}

/** A need that no size of the product line meets. */
export function noSizeFits(product: string, need: string, largest: string | undefined): TerraceError {
  const most = largest === undefined ? 'The catalog has none at all.' : `The largest is ${largest}.`;
  return new TerraceError(
    'CATALOG_NO_SIZE_FITS',
    `No ${product} has ${need}. ${most} Ask for less, split the load, or name another family.`,
    [],
    2,
  );
}

function suggestion(given: string, allowed: readonly string[]): string {
  // Numbers that look alike are not near each other: "19" is no slip for "13".
  const near = /^\d+$/.test(given) ? undefined : nearest(given, allowed);
  return near === undefined ? `Allowed: ${shortList(allowed)}.` : `Did you mean "${near}"?`;
}

function shortList(allowed: readonly string[]): string {
  const shown = allowed.slice(0, 12).join(', ');
  return allowed.length > 12 ? `${shown} and ${allowed.length - 12} more` : shown;
}

/** A language model that needs more memory than its server may take. */
export function modelDoesNotFit(id: string, neededGib: number, givenGib: number, largest: string | undefined): TerraceError {
  const way = largest === undefined ? 'No model of the catalog fits: give it more memory.' : `The largest that fits is ${largest}.`;
  const message = `${id} needs ${neededGib.toFixed(2)} GiB of memory and may take ${givenGib} GiB. ${way}`;
  return new TerraceError('CATALOG_MODEL_DOES_NOT_FIT', message, [], 2);
}
