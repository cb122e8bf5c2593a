import { AssetType, TerraformAsset, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Cluster } from './cluster';
import { ChartRelease } from './release';

export interface OwnObjectsProps {
  readonly cluster: Cluster;
  readonly name: string;
  readonly namespace: string;
  /** Kubernetes objects, each written out whole. */
  readonly objects: readonly Readonly<Record<string, unknown>>[];
  /** Whether they hold data, so that Terraform refuses to delete them. @default - false */
  readonly holdsData?: boolean;
  /** Releases that bring their kinds. */
  readonly after: readonly TerraformResource[];
}

/**
 * Objects whose kinds other charts bring, such as issuers of certificates. Terraform's own resource for them asks the cluster for
 * their kind when it plans, before the chart that brings it is there; a chart of ours, which travels with the stack, does not.
 */
export class OwnObjects extends Construct {
  readonly release: ChartRelease;

  constructor(scope: Construct, id: string, { cluster, name, namespace, objects, holdsData = false, after }: OwnObjectsProps) {
    super(scope, id);
    this.release = new ChartRelease(this, 'release', {
      cluster,
      name,
      namespace,
      chart: { path: chartOf(cluster).path },
      values: { objects },
      holdsData,
      after,
    });
  }
}

/** The chart is written once for a stack, however many clusters use it. */
function chartOf({ kubernetes }: Cluster): TerraformAsset {
  const stack = kubernetes.cdktfStack;
  const present = stack.node.tryFindChild('objects_chart');
  return present instanceof TerraformAsset
    ? present
    : new TerraformAsset(stack, 'objects_chart', { path: folder(__dirname), type: AssetType.DIRECTORY });
}

/** The chart's folder, from the sources and from the compiled output alike. */
function folder(from: string): string {
  return existsSync(join(from, 'package.json')) ? join(from, 'constructs', 'kubernetes', 'chart') : folder(dirname(from));
}
