import type { CronJobV1Config } from '@cdktf/provider-kubernetes/lib/cron-job-v1';
import type { DeploymentV1Config } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { StatefulSetV1Config } from '@cdktf/provider-kubernetes/lib/stateful-set-v1';
import { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';

/** What may be said of each kind. */
interface Configs {
  readonly kubernetes_deployment_v1: DeploymentV1Config;
  readonly kubernetes_stateful_set_v1: StatefulSetV1Config;
  readonly kubernetes_cron_job_v1: CronJobV1Config;
}

/** Attributes whose keys are the user's, not the provider's. A test compares them with the provider's schema. */
export const maps: ReadonlySet<string> = new Set([
  'annotations',
  'labels',
  'limits',
  'match_labels',
  'node_selector',
  'options',
  'requests',
  'volume_attributes',
]);

/**
 * What runs pods. The generated bindings of these kinds have a class for every block that a pod may have, 5 MB of program each: their types are
 * used, and never loaded.
 */
export class Controller<Kind extends keyof Configs> extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    kind: Kind,
    private readonly config: Configs[Kind],
  ) {
    super(scope, id, {
      terraformResourceType: kind,
      terraformGeneratorMetadata: { providerName: 'kubernetes' },
      ...(config.provider === undefined ? {} : { provider: config.provider }),
      ...(config.dependsOn === undefined ? {} : { dependsOn: config.dependsOn }),
      ...(config.lifecycle === undefined ? {} : { lifecycle: config.lifecycle }),
    });
  }

  /** For those that come after it. */
  get name(): string {
    return this.getStringAttribute('metadata[0].name');
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { provider: _provider, dependsOn: _dependsOn, lifecycle: _lifecycle, ...attributes } = this.config;
    return blockOf(attributes);
  }
}

/** Names as Terraform has them: `matchLabels` is `match_labels`. */
function blockOf(block: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(block).map(([key, value]: [string, unknown]) => {
      const name = key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      return [name, maps.has(name) ? value : valueOf(value)];
    }),
  );
}

function valueOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(valueOf);
  return typeof value === 'object' && value !== null ? blockOf(value) : value;
}
