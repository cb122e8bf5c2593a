/** Present in everything Terrace synthesizes; tells our addresses from other people's. */
export const recordedTierAddress = 'terraform_data.recorded_tier';

/** What is needed to name the component of a resource. */
export interface Addressed {
  readonly name: string;
  readonly module?: string;
}

/**
 * The component a resource belongs to. In our own Terraform that is the name up to the first "_", because the first
 * segment of the construct path is the component's id; elsewhere the module path, or in the root module the resource's name.
 * @param ours whether the graph holds `terraform_data.recorded_tier`
 */
export function componentOf(resource: Addressed, ours: boolean): string {
  if (ours) return resource.name.split('_', 1)[0] ?? resource.name;
  return resource.module ?? resource.name;
}
