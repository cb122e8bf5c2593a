/**
 * The allowed value that looks most like what was given, for error messages.
 * @returns undefined when nothing is close: a wild guess misleads more than it helps
 */
export function nearest(given: string, allowed: readonly string[]): string | undefined {
  const limit = Math.max(2, Math.floor(given.length / 3));
  const ranked = allowed
    .map((value) => ({ value, distance: editDistance(given.toLowerCase(), value.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || (a.value < b.value ? -1 : 1));
  const best = ranked[0];
  return best !== undefined && best.distance <= limit ? best.value : undefined;
}

/** Levenshtein distance: insertions, deletions and substitutions count one each. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) previous = nextRow(previous, a[row - 1] ?? '', b, row);
  return previous[b.length] ?? 0;
}

function nextRow(previous: readonly number[], letter: string, b: string, row: number): number[] {
  const current = [row];
  for (let column = 1; column <= b.length; column += 1) {
    const substitution = (previous[column - 1] ?? 0) + (letter === b[column - 1] ? 0 : 1);
    current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
  }
  return current;
}
