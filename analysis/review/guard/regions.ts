import type { ResourceChange, StackChange } from '../change';
import type { Finding } from '../types';
import { finding } from './findings';
import { holdingsOf } from './tables';

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

/** A change in two: what goes with regions that are left as `leavingRegions` says, by region, and everything else. */
export interface Parted {
  readonly going: readonly (readonly [change: ResourceChange, region: string])[];
  readonly rest: StackChange;
}

/** Parts what goes with regions that were emptied before: it is no loss of its own, nor made anew where another region comes in their place. */
export function partedByRegion(change: StackChange): Parted {
  const regions = leftRegions(change);
  const going = change.changes.flatMap((one) => {
    const region = regions.find((each) => goesWith(one, each));
    return region === undefined ? [] : [[one, region] as const];
  });
  const gone = new Set(going.map(([one]) => one));
  return { going, rest: { ...change, changes: change.changes.filter((one) => !gone.has(one)) } };
}

/** Regions that keep their place in the state, had nothing in their clusters any more, and lose these now. */
function leftRegions({ changes }: StackChange): readonly string[] {
  const clusters = changes.filter(({ action, type }) => action === 'delete' && clusterTypes.has(type));
  const wasFilled = new Set(changes.flatMap(({ address, before }) => (before === undefined ? [] : (filled.exec(address)?.[2] ?? []))));
  return changes
    .filter(({ action, before, after }) => before !== undefined && after !== undefined && action !== 'forget')
    .flatMap(({ address }) => standing.exec(address)?.[1] ?? [])
    .filter((region) => !wasFilled.has(region) && clusters.some(({ address }) => isIn(address, region)));
}

/** Whether a change takes something out of a region: by its address, or where that has no region in it by what it says itself. */
function goesWith({ action, address, before, after }: ResourceChange, region: string): boolean {
  if (action === 'delete') return isIn(address, region);
  return action === 'replace' && before?.values['region'] === region && after?.values['region'] !== region;
}

/** Whether an address is of what stands in a region: `aws_lb.load-balancer_us_west_2`, `aws_eip.network_us_west_2_nat_1_address`. */
function isIn(address: string, region: string): boolean {
  return new RegExp(`_${region.replaceAll('-', '_')}(?:_[a-z0-9_]+)?(?:\\[[^\\]]*\\])?$`).test(address);
}

/** Everything that holds something, and goes with its region. */
export function goingFindings({ going }: Parted): readonly Finding[] {
  return going.flatMap(([change, region]) => {
    const holds = change.before === undefined ? undefined : holdingsOf(change.before);
    return holds === undefined
      ? []
      : [
          finding(
            'guard/leaving-region',
            change,
            `${change.address} goes with the region ${region}, which is left as \`leavingRegions\` says${change.action === 'replace' ? ', and is made anew in another' : ''}: ${holds.holds}.`,
            'What it holds there is lost. What other regions hold stays.',
          ),
        ];
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
