import { isRecord } from '../../values/record';

/** How a tier is taken down, read from what was synthesized. */
export interface Teardown {
  /** Stacks in the order in which they are destroyed: what runs in a cluster before the cluster. */
  readonly stacks: readonly TeardownStack[];
}

/** A stack, as far as the order needs it. */
interface Layer {
  readonly id: string;
  readonly json: Json;
}

export interface TeardownStack {
  readonly stack: string;
  /** Addresses by turn: everything of a turn may go at once, after every turn before it. */
  readonly turns: readonly (readonly string[])[];
  /** What a cloud keeps for these, and takes back only while the cluster still runs. */
  readonly cloudObjects: readonly CloudObject[];
}

export interface CloudObject {
  readonly address: string;
  readonly leaves: 'load balancer' | 'volumes';
}

/**
 * The order in which a tier's stacks and what is in them go. A cluster that goes first would take the programs along that give
 * back its load balancers and volumes, which would then stay, and cost, for ever.
 */
export function teardown(tier: Layer & { readonly layers: readonly Layer[] }): Teardown {
  const deployed: readonly Layer[] = [tier, ...tier.layers];
  return {
    stacks: [...deployed].reverse().map(({ id, json }) => ({ stack: id, turns: turnsOf(json), cloudObjects: cloudObjectsOf(json) })),
  };
}

/** Beside the configuration of a tier that has two layers. */
export const teardownFile = 'teardown.json';

type Json = Readonly<Record<string, unknown>>;

function blocksOf(json: Json): readonly (readonly [address: string, block: Json])[] {
  const types = Object.entries((json['resource'] ?? {}) as Record<string, Record<string, Json>>);
  return types.flatMap(([type, named]) => Object.entries(named).map(([name, block]) => [`${type}.${name}`, block] as const));
}

/** Terraform destroys what refers to something before it. */
function turnsOf(json: Json): string[][] {
  const blocks = blocksOf(json);
  const addresses = new Set(blocks.map(([address]) => address));
  const needs = new Map(blocks.map(([address, block]) => [address, referencesIn(block, addresses, address)]));
  const depths = new Map<string, number>();
  for (const address of addresses) depthOf(address, needs, depths);
  const deepest = Math.max(0, ...depths.values());
  return Array.from({ length: deepest + 1 }, (_, index) =>
    [...addresses].filter((address) => depths.get(address) === deepest - index).sort(),
  ).filter((turn) => turn.length > 0);
}

/** How many resources stand below one another, up to this one. */
function depthOf(address: string, needs: ReadonlyMap<string, readonly string[]>, depths: Map<string, number>): number {
  const known = depths.get(address);
  if (known !== undefined) return known;
  const depth = Math.max(-1, ...(needs.get(address) ?? []).map((needed) => depthOf(needed, needs, depths))) + 1;
  depths.set(address, depth);
  return depth;
}

function referencesIn(block: unknown, addresses: ReadonlySet<string>, own: string): string[] {
  const found = (
    textsIn(block)
      .join(' ')
      .match(/[a-z0-9_]+\.[A-Za-z0-9_-]+/g) ?? []
  ).filter((text) => text !== own && addresses.has(text));
  return [...new Set(found)];
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isRecord(value) ? Object.entries(value).flatMap(([key, inner]) => (key === '//' ? [] : textsIn(inner))) : [];
}

function cloudObjectsOf(json: Json): CloudObject[] {
  return blocksOf(json).flatMap(([address, block]): CloudObject[] => {
    const text = JSON.stringify(block);
    const balancer =
      address.startsWith('helm_release.') && text.includes('LoadBalancer') ? [{ address, leaves: 'load balancer' as const }] : [];
    const volumes =
      /volume_claim_template|volumeClaimTemplate|storageClass/.test(text) && !address.startsWith('kubernetes_storage_class')
        ? [{ address, leaves: 'volumes' as const }]
        : [];
    return [...balancer, ...volumes];
  });
}
