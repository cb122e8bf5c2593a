import { TerraformResource } from 'cdktf';
import { keep } from '../constructs/keep';
import type { TierStack } from './tier-stack';

/**
 * Lets the state remember in which regions an environment stands. A region that joins is written down; one that is taken out of
 * the file by hand is refused, because everything in it would be destroyed without its protection, and by a provider that is no
 * longer configured. (Terraform keeps `prevent_destroy` for an instance that a `for_each` lost, as long as the block stands.)
 */
export function recordRegions(stack: TierStack, regions: readonly string[], disposable: boolean): void {
  const recorded = new TerraformResource(stack, 'recorded_regions', {
    terraformResourceType: 'terraform_data',
    ...keep({ disposable }),
  });
  recorded.addOverride('for_each', `\${toset(${JSON.stringify(regions)})}`);
}
