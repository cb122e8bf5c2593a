import { HelmProvider } from '@cdktf/provider-helm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { flavours, tokenProtocol, type ClusterAccess, type ClusterCloud, type ClusterFlavour } from './flavour';

export interface ClusterProps {
  readonly access: ClusterAccess;
  readonly cloud: ClusterCloud;
  /** Name of the provider blocks' alias; clusters of one stack need different ones. */
  readonly alias: string;
}

/** A cluster that workloads are put into: the two providers that speak to it, and how it differs from others. */
export class Cluster extends Construct {
  readonly kubernetes: KubernetesProvider;
  readonly helm: HelmProvider;
  readonly flavour: ClusterFlavour;
  readonly cloud: ClusterCloud;
  readonly alias: string;

  constructor(scope: Construct, id: string, { access, cloud, alias }: ClusterProps) {
    super(scope, id);
    this.flavour = flavours[cloud];
    this.cloud = cloud;
    this.alias = alias;
    const { token } = this.flavour;
    const exec = { apiVersion: tokenProtocol, command: token.command, args: [...token.args(access)] };
    const reach = { host: access.endpoint, clusterCaCertificate: Fn.base64decode(access.caCertificate) };
    this.kubernetes = new KubernetesProvider(this, 'kubernetes', { alias, ...reach, exec: [exec] });
    this.helm = new HelmProvider(this, 'helm', { alias, kubernetes: { ...reach, exec } });
  }
}
