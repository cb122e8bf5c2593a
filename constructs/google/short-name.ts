import { createHash } from 'node:crypto';

/** A name of so many characters at most: a longer one ends in a part of its hash, so that two that begin alike stay two. */
export function shortName(name: string, characters: number): string {
  if (name.length <= characters) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, characters - hash.length - 1).replace(/-$/, '')}-${hash}`;
}
