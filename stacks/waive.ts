import type { TerraformResource, TerraformStack } from 'cdktf';
import type { Waiver } from '../analysis/review';

const written = new WeakMap<TerraformResource | TerraformStack, Partial<Waiver>[]>();

/**
 * Accepts a finding of `terrace review` for one resource, beside the code that makes it. It stands in the synthesized JSON as a
 * comment, which Terraform does not read: no plan and no state knows of it.
 */
export function waive(resource: TerraformResource, waiver: Omit<Waiver, 'address'>): void {
  write(resource, waiver);
}

/** The same for a resource that is there no more, or whose construct is out of reach. */
export function waiveAddress(stack: TerraformStack, waiver: Waiver): void {
  write(stack, waiver);
}

function write(holder: TerraformResource | TerraformStack, waiver: Partial<Waiver>): void {
  const all = [...(written.get(holder) ?? []), waiver];
  written.set(holder, all);
  holder.addOverride('//.waivers', all);
}
