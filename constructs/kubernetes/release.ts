import { Release } from '@cdktf/provider-helm/lib/release';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { terraformJson } from '../template';
import type { Chart } from './charts';
import type { Cluster } from './cluster';

export interface ChartReleaseProps {
  readonly cluster: Cluster;
  readonly chart: Pick<Chart, 'name' | 'repository' | 'version'> | { readonly path: string };
  /** Name of the release in its namespace. */
  readonly name: string;
  readonly namespace: string;
  /** Values of the chart; references in them stay references. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Whether what it installs holds data, so that Terraform refuses to delete it. @default - false */
  readonly holdsData?: boolean;
  /** What must be there before, beside what the values refer to. @default - nothing */
  readonly after?: readonly TerraformResource[];
}

/** A chart in a cluster, at its pinned version. */
export class ChartRelease extends Construct {
  readonly resource: Release;

  constructor(scope: Construct, id: string, { cluster, chart, name, namespace, values, holdsData = false, after = [] }: ChartReleaseProps) {
    super(scope, id);
    this.resource = new Release(this, 'Resource', {
      provider: cluster.helm,
      name,
      namespace,
      ...('path' in chart ? { chart: chart.path } : { chart: chart.name, repository: chart.repository, version: chart.version }),
      values: [terraformJson(values)],
      // A release that does not become ready is taken back, so that the next try begins where this one did.
      atomic: true,
      wait: true,
      timeout: 900,
      maxHistory: 5,
      ...(holdsData ? { lifecycle: { preventDestroy: true } } : {}),
      ...(after.length === 0 ? {} : { dependsOn: [...after] }),
    });
  }
}
