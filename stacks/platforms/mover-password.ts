import { TerraformResource } from 'cdktf';
import type { TierStack } from '../tier-stack';

/**
 * Password of the role that moves a database beside its app: made by Terraform when it is first applied, and the same until it is taken away.
 * Nobody has to set it, and no provider has to be asked for it. It is in the state, like the release that carries it.
 *
 * `uuid()` has 122 random bits, and keeps its value with `ignore_changes` (Terraform documentation, function uuid).
 */
export function moverPassword(stack: TierStack): string {
  const made = new TerraformResource(stack, 'database_mover', {
    terraformResourceType: 'terraform_data',
    lifecycle: { ignoreChanges: ['input'] },
  });
  made.addOverride('input', '${sensitive(uuid())}');
  return made.getStringAttribute('output');
}
