import { TerraceError } from '../values/errors';
import { nearest } from '../values/nearest';

/** A name that the catalog does not know: a droplet size, a region, an image, a model. */
export function unknownName(kind: string, given: string, allowed: readonly string[]): TerraceError {
  return new TerraceError('catalog/unknown-name', `"${given}" is not a known ${kind}. ${suggestion(given, allowed)}`, [], 2);
}

/** A need that no size of the product line meets. */
export function noSizeFits(product: string, need: string, largest: string | undefined): TerraceError {
  const most = largest === undefined ? 'The catalog has none at all.' : `The largest is ${largest}.`;
  return new TerraceError('catalog/no-size-fits', `No ${product} has ${need}. ${most} Ask for less, split the load, or name another family.`, [], 2);
}

function suggestion(given: string, allowed: readonly string[]): string {
  const near = nearest(given, allowed);
  return near === undefined ? `Allowed: ${shortList(allowed)}.` : `Did you mean "${near}"?`;
}

function shortList(allowed: readonly string[]): string {
  const shown = allowed.slice(0, 12).join(', ');
  return allowed.length > 12 ? `${shown} and ${allowed.length - 12} more` : shown;
}
