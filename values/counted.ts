/** A number and its noun, which takes an s but for one: `1 node`, `2 nodes`. Of a range as text too: `2 to 8 nodes`. */
export function counted(count: number | string, noun: string): string {
  return `${count} ${noun}${String(count) === '1' ? '' : 's'}`;
}
