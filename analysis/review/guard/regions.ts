import type { ResourceChange, StackChange } from '../change';
import type { Finding } from '../types';
import { finding } from './findings';

/** Where the state remembers in which regions an environment stands, and in which of them clusters are filled; see stacks/regions.ts. */
const standing = /^terraform_data\.recorded_(?:digitalocean_)?regions\["([^"]+)"\]$/;
const filled = /^terraform_data\.recorded_workloads_([a-z0-9_]+)\["([^"]+)"\]$/;

/** Clusters that stand in the regions of an environment's own cloud. */
export const clusterTypes: ReadonlySet<string> = new Set(['aws_eks_cluster', 'digitalocean_kubernetes_cluster']);

/** Whether an address is the record of a region: what its loss means is said here, and not as that of any resource. */
export function isRegionRecord(address: string): boolean {
  return standing.test(address) || filled.test(address);
}

/** Regions that are dropped from an environment file, left by one deploy, or emptied so that the next deploy may leave them. */
export function regionFindings({ changes }: StackChange): readonly Finding[] {
  const gone = changes.filter(({ action }) => action === 'delete' || action === 'forget');
  const dropped = new Set(gone.flatMap(({ address }) => standing.exec(address)?.[1] ?? []));
  return gone.flatMap((change) => {
    const [, region] = standing.exec(change.address) ?? [];
    if (region !== undefined) return [isDropped(change, region)];
    const [, suffix, emptied] = filled.exec(change.address) ?? [];
    if (suffix === undefined || emptied === undefined || dropped.has(emptied)) return [];
    const early = gone.some(({ type, address }) => clusterTypes.has(type) && address.endsWith(`_${suffix}`));
    return [early ? isLeftAtOnce(change, emptied) : isEmptied(change, emptied)];
  });
}

function isDropped(change: ResourceChange, region: string): Finding {
  return finding(
    'guard/recorded-region',
    change,
    `The environment's region ${region} is no longer recorded.`,
    'Everything there would be destroyed, copies of the data among it; the state refuses it as long as the record is protected.',
  );
}

function isLeftAtOnce(change: ResourceChange, region: string): Finding {
  return finding(
    'guard/recorded-region',
    change,
    `The region ${region} is left by one deploy, with what runs in its cluster.`,
    'Pods and volumes go only while their cluster stands; the state refuses it as long as the record is protected.',
  );
}

function isEmptied(change: ResourceChange, region: string): Finding {
  return finding(
    'guard/leaving-region',
    change,
    `The region ${region} is emptied, as \`leavingRegions\` says: what runs in its cluster goes.`,
    'What is there loses its protection, and goes as soon as `regions` does not name it any more.',
  );
}
