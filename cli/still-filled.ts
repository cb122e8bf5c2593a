import { clusterTypes } from '../analysis/review';
import { furtherRegions, standingRegions } from '../stacks/workloads/sites';
import { Terraform, type TerraformPlan } from '../terraform';
import { regionStillFilled } from './errors';
import type { Workplace } from './terraform-command';

/**
 * Looks into the states of what runs in clusters before a plan is applied that takes the cluster of a region which is left: pods and volumes
 * go only while it stands. The platform's own state cannot tell: its record of the region went with the first edit, whether or not the other
 * layers were deployed then.
 * @throws CLI_REGION_STILL_FILLED
 */
export async function refuseStillFilled({ io, project, stack }: Workplace, plan: TerraformPlan): Promise<void> {
  const { environment, file, typed } = project;
  const { left } = furtherRegions(environment, standingRegions(environment, stack.tier));
  const regions = left.filter((region) => losesCluster(plan, region));
  if (regions.length === 0) return;
  const addresses = await addressesIn(
    (stack.layers ?? []).map(({ directory }) => directory),
    io.env,
  );
  for (const region of regions) {
    const there = addresses.filter((address) => isIn(address, region));
    if (there.length > 0)
      throw regionStillFilled({ environment: environment.name, file, deploy: typed('deploy', stack.id) }, region, there);
  }
}

function losesCluster({ changes }: TerraformPlan, region: string): boolean {
  const end = `_${region.replaceAll('-', '_')}`;
  return changes.some(({ action, type, address }) => action === 'destroy' && clusterTypes.has(type) && address.endsWith(end));
}

/** Everything that the states of some layers hold. */
async function addressesIn(directories: readonly string[], env: Workplace['io']['env']): Promise<readonly string[]> {
  const found: string[] = [];
  for (const directory of directories) {
    const terraform = await Terraform.in({ directory, env });
    await terraform.init();
    found.push(...(await terraform.state()).resources.map(({ address }) => address));
  }
  return found;
}

/** Whether what has an address is in the cluster of a region: `helm_release.monitoring_ams3_loki`. */
function isIn(address: string, region: string): boolean {
  return `${address}_`.includes(`_${region}_`);
}
