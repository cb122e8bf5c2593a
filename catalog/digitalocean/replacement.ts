import { changeEffects, forcesReplacement, keptWhenLeftOut, sometimesReplaced } from './replacement.generated';
import type { ChangeEffect, ConditionalReplacement } from './types';

/** Attribute paths whose change always replaces a resource of this type; undefined for a type the provider does not have. */
export function replacementPaths(type: string): readonly string[] | undefined {
  return forcesReplacement[type];
}

/**
 * Whether a change of an attribute always replaces the resource. Indices in the path are ignored: `node_pool[0].size` and
 * `node_pool.size` are the same, and so is everything below a path that forces replacement.
 */
export function replaces(type: string, path: string): boolean {
  const plain = withoutIndices(path);
  return (replacementPaths(type) ?? []).some((forced) => plain === forced || plain.startsWith(`${forced}.`));
}

/** Whether an argument keeps its value when it is left out of a configuration, so that leaving it out replaces nothing. */
export function isKeptWhenLeftOut(type: string, path: string): boolean {
  return keptWhenLeftOut[type]?.includes(path) === true;
}

/** Changes that replace a resource of this type only in some cases, with the case. */
export function conditionalReplacements(type: string): readonly ConditionalReplacement[] {
  return sometimesReplaced.filter((row) => row.type === type);
}

/** Changes applied in place that are felt all the same: pauses, one-way switches, silent failures. */
export function changeEffectsOf(type: string): readonly ChangeEffect[] {
  return changeEffects.filter((row) => row.type === type);
}

function withoutIndices(path: string): string {
  return path
    .replace(/\[[^\]]*\]/g, '')
    .split('.')
    .filter((part) => !/^\d+$/.test(part))
    .join('.');
}
