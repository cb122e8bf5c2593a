import { Construct } from 'constructs';
import { charts } from './charts';
import { chartIdentity, type ForeignIdentity } from './foreign-identity';
import type { Cluster } from './cluster';
import { OwnObjects } from './own-objects';
import { ChartRelease } from './release';
import { Space } from './space';

export interface SecretManagerProps {
  readonly cluster: Cluster;
  readonly name: string;
  /** How the operator asks the cloud's manager. */
  readonly provider: Readonly<Record<string, unknown>>;
  /** Who the operator is in that cloud, where the cluster is in another one. @default - its cloud knows it by its service account */
  readonly identity?: ForeignIdentity;
}

/** A secret of the cluster that is made from secrets of the cloud's manager. */
export interface FetchedSecret {
  readonly name: string;
  readonly namespace: string;
  /** ARNs by the names that texts use: `{{ .shard_1 }}`. */
  readonly from: Readonly<Record<string, string>>;
  /** Its contents, by key. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Namespace and service account that the cloud lets read secrets; the platform layer grants it. */
export const secretReader = { namespace: 'external-secrets', serviceAccount: 'external-secrets' } as const;

/** Name of the store that fetched secrets refer to. */
const store = 'cloud';

/**
 * Brings secrets from the cloud's manager into the cluster, past Terraform: they are in no state and no plan. What has changed
 * there is here within the hour; pods that read it at their start have to be started anew.
 */
export class SecretManager extends Construct {
  private readonly cluster: Cluster;
  private readonly provider: SecretManagerProps['provider'];
  private readonly operator: ChartRelease;

  constructor(scope: Construct, id: string, { cluster, name, provider, identity }: SecretManagerProps) {
    super(scope, id);
    this.cluster = cluster;
    this.provider = provider;
    const space = new Space(this, 'space', { cluster, name, security: 'restricted' });
    const values = {
      installCRDs: true,
      replicaCount: 2,
      leaderElect: true,
      serviceAccount: { create: true, name: secretReader.serviceAccount },
      ...(identity === undefined ? {} : chartIdentity(identity)),
    };
    this.operator = new ChartRelease(this, 'operator', {
      cluster,
      chart: charts.externalSecrets,
      name: 'external-secrets',
      namespace: space.name,
      values,
    });
  }

  /** Makes secrets in a namespace. */
  fetch(scope: Construct, id: string, namespace: string, secrets: readonly FetchedSecret[]): OwnObjects {
    const objects = [storeOf(namespace, this.provider), ...secrets.map(fetched)];
    return new OwnObjects(scope, id, {
      cluster: this.cluster,
      name: 'fetched-secrets',
      namespace,
      objects,
      after: [this.operator.resource],
    });
  }
}

/** No key is named: the operator's own identity is asked. */
function storeOf(namespace: string, provider: SecretManagerProps['provider']): Record<string, unknown> {
  return { apiVersion: 'external-secrets.io/v1', kind: 'SecretStore', metadata: { name: store, namespace }, spec: { provider } };
}

function fetched({ name, namespace, from, texts }: FetchedSecret): Record<string, unknown> {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { name: store, kind: 'SecretStore' },
      target: { name, creationPolicy: 'Owner', template: { engineVersion: 'v2', data: texts } },
      data: Object.entries(from).map(([secretKey, key]) => ({ secretKey, remoteRef: { key } })),
    },
  };
}
