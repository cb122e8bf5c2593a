import { TerraformResource } from 'cdktf';
import { keep } from '../constructs/keep';
import type { TierStack } from './tier-stack';

/** Lists of an environment that grow by its file, and never shrink by it: where the state remembers each. */
export const recordedLists = {
  regions: 'recorded_regions',
  /** Each platform has a record of its own, because both stand while an environment goes from one to the other. */
  digitaloceanRegions: 'recorded_digitalocean_regions',
  shards: 'recorded_shards',
} as const;

/**
 * Lets the state remember a list. A name that joins is written down; one that is taken out of the file by hand is refused, because
 * everything of it would be destroyed without its protection, which goes with its block. (Terraform keeps `prevent_destroy` for an
 * instance that a `for_each` lost, as long as the block stands.)
 */
export function recordList(stack: TierStack, list: keyof typeof recordedLists, names: readonly string[], disposable: boolean): void {
  const recorded = new TerraformResource(stack, recordedLists[list], {
    terraformResourceType: 'terraform_data',
    ...keep({ disposable }),
  });
  recorded.addOverride('for_each', `\${toset(${JSON.stringify(names)})}`);
}
