import type { Move, Removal } from '../configuration';

const keyPattern = /\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/;

/** An address without the key of its last step. */
export function withoutKey(address: string): string {
  return address.replace(keyPattern, '');
}

/** A chain of moves is followed at most this far; Terraform refuses circles. */
const longestChain = 50;

/**
 * Where each resource of before is afterwards, as Terraform decides it: `moved` blocks first, then a resource that got or lost
 * its `count`. A resource whose new address was taken before is not moved.
 * @returns new addresses by old ones, only of those that move
 */
export function movedAddresses(
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
  moves: readonly Move[],
): ReadonlyMap<string, string> {
  const found = [...before].flatMap((address) => {
    const target = counted(followed(address, moves), after);
    return target !== address && !before.has(target) && after.has(target) && !after.has(address) ? [[address, target] as const] : [];
  });
  return new Map(found);
}

function followed(address: string, moves: readonly Move[]): string {
  let at = address;
  for (let step = 0; step < longestChain; step += 1) {
    const next = moves.map((move) => renamed(at, move)).find((to) => to !== undefined && to !== at);
    if (next === undefined) return at;
    at = next;
  }
  return at;
}

function renamed(address: string, { from, to }: Move): string | undefined {
  if (address === from) return to;
  const rest = address.startsWith(from) ? address.slice(from.length) : '';
  return rest.startsWith('[') || (rest.startsWith('.') && /(?:^|\.)module\.[\w-]+(?:\[[^\]]*\])?$/.test(from)) ? to + rest : undefined;
}

/** Terraform itself takes `x` and `x[0]` for one when `count` comes or goes. */
function counted(address: string, after: ReadonlySet<string>): string {
  if (after.has(address)) return address;
  if (after.has(`${address}[0]`)) return `${address}[0]`;
  return address.endsWith('[0]') && after.has(address.slice(0, -3)) ? address.slice(0, -3) : address;
}

/** What a `removed` block says of an address; undefined where none does. */
export function removalOf(address: string, removals: readonly Removal[]): Removal | undefined {
  return removals.find(
    ({ from }) => address === from || withoutKey(address) === from || address.startsWith(`${from}.`) || address.startsWith(`${from}[`),
  );
}
