import { TerraformVariable } from 'cdktf';
import type { Environment } from '../../../environments/schema';
import type { Tier } from '../../../tiers/tier';
import type { TierStack } from '../../tier-stack';
import { spansGoogle } from '../../workloads/sites';
import { generationName } from '../naming';
import { neighbours } from './neighbours';

/** Where a tier's cluster at Google is, and what it is called there. */
export interface GooglePlace {
  readonly name: string;
  readonly region: string;
}

type Where = Pick<Environment, 'name' | 'namePrefix' | 'region' | 'generations'>;

/** The cluster of a tier at Google, known before it is made; undefined where the tier has none, or where none is near home. */
export function googlePlace(environment: Where, tier: Tier): GooglePlace | undefined {
  const region = neighbours[environment.region];
  if (region === undefined || !spansGoogle(tier)) return undefined;
  return { name: generationName(`${environment.namePrefix}-${environment.name}`, environment, tier), region };
}

/** The id of a project, also of one that belongs to a domain (`example.com:shop`); its number is none. */
const projectIds = '^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$';

/** The project at Google, as a variable of a stack. Names of identities are made from its id: with its number they would be nobody's. */
export function googleProject(stack: TierStack): string {
  const project = new TerraformVariable(stack, 'google_project', {
    type: 'string',
    nullable: false,
    description: 'Id of the project of Google Cloud in which the second cloud stands, not its number. Set TF_VAR_google_project.',
  });
  project.addValidation({
    condition: `\${can(regex("${projectIds}", var.google_project))}`,
    errorMessage: 'TF_VAR_google_project must be the id of a project of Google Cloud, like shop-production, not its number.',
  });
  return project.stringValue;
}

/**
 * Who signs the tokens of a cluster's pods at Google, without `https://`: anyone may read the keys to check them with, also of a private
 * cluster. Source: cloud.google.com, projects.locations.clusters.getOpenid-configuration, recalled on 2026-11-23.
 */
export function issuerOf(project: string, { name, region }: GooglePlace): string {
  return `container.googleapis.com/v1/projects/${project}/locations/${region}/clusters/${name}`;
}
