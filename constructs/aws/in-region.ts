import { TerraformResource, type TerraformProvider } from 'cdktf';
import type { IConstruct } from 'constructs';

/** Puts everything below a construct into the region of a provider configuration. What names one itself, as global things do, keeps it. */
export function putInRegion(construct: IConstruct, provider: TerraformProvider | undefined): void {
  if (provider === undefined) return;
  for (const each of construct.node.findAll()) if (each instanceof TerraformResource) each.provider ??= provider;
}
