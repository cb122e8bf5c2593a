import { TerraformResource } from 'cdktf';
import { keep } from '../constructs/keep';
import type { Tier } from '../tiers/tier';
import type { TierStack } from './tier-stack';
import type { FurtherRegions } from './workloads/sites';

/** Lists of an environment that grow by its file, and never shrink by it: where the state remembers each. */
export const recordedLists = {
  regions: 'recorded_regions',
  /** Each platform has a record of its own, because both stand while an environment goes from one to the other. */
  digitaloceanRegions: 'recorded_digitalocean_regions',
  shards: 'recorded_shards',
  /** Event stream and topics, where a tier leaves the choice. */
  events: 'recorded_events',
} as const;

/**
 * Lets the state remember a list. A name that joins is written down; one that is taken out of the file by hand is refused, because
 * everything of it would be destroyed without its protection, which goes with its block. (Terraform keeps `prevent_destroy` for an
 * instance that a `for_each` lost, as long as the block stands.)
 */
export function recordList(stack: TierStack, list: keyof typeof recordedLists, names: readonly string[], disposable: boolean): void {
  recordNames(stack, recordedLists[list], names, disposable);
}

function recordNames(stack: TierStack, id: string, names: readonly string[], disposable: boolean): void {
  const recorded = new TerraformResource(stack, id, {
    terraformResourceType: 'terraform_data',
    ...keep({ disposable }),
  });
  recorded.addOverride('for_each', eachOf(names));
}

/** A `for_each` over names. */
function eachOf(names: readonly string[]): string {
  return `\${toset(${JSON.stringify(names)})}`;
}

/** Whether a block stands for no object: the record of a list with nothing in it. */
export function recordsNothing(body: Readonly<Record<string, unknown>>): boolean {
  return body['for_each'] === eachOf([]);
}

/**
 * Lets the state remember in which regions beside home clusters are filled. Pods and volumes go only while their cluster stands, and it
 * is the platform that is deployed first: so a region that is left by one deploy is refused, of a disposable environment too, whose next
 * deploy would ask a cluster that is gone. A region that is being emptied has no record, and one that was left an empty one, which refuses
 * as long as the state still has its name.
 */
export function recordFilled(stack: TierStack, { runs, left }: FurtherRegions, disposable: boolean): void {
  const id = (region: string): string => `recorded_workloads_${region.replaceAll('-', '_')}`;
  for (const region of runs) recordNames(stack, id(region), [region], disposable);
  for (const region of left) recordNames(stack, id(region), [], false);
}

/**
 * Lets the state remember an event stream that an environment chose, and its topics; of none as well, so that lines that are taken out of the
 * file find the record standing. On AWS too, where no deploy makes topics, because both platforms stand beside each other for a while.
 */
export function recordEvents(stack: TierStack, { optional = [], components }: Tier, disposable: boolean): void {
  const [offered] = optional;
  if (offered === undefined) return;
  const stream = components.find((each) => each.id === offered.id);
  const topics = stream?.kind === 'event-stream' ? Object.keys(stream.topics ?? {}) : [];
  recordList(stack, 'events', stream === undefined ? [] : [stream.id, ...topics.map((name) => `topic ${name}`)], disposable);
}
