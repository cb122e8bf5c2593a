import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import { Construct } from 'constructs';

export interface ClusterIssuerProps {
  /** Where tokens of the cluster's pods say that they come from, without `https://`. It may be a Terraform reference. */
  readonly issuer: string;
}

/** For whom tokens have to be made that AWS is to take: its Security Token Service. */
export const awsAudience = 'sts.amazonaws.com';

/**
 * The certificate of Google's service that answers for its clusters, by its SHA-1. Given, so that nobody asks for a cluster that is
 * not there yet; AWS checks the connection by its own list of authorities. Sources: cloud.google.com, kubernetes-engine/multi-cloud,
 * use-workload-identity-aws ("is always ..."), and AWS's IAM API, CreateOpenIDConnectProvider, both read on 2026-11-23.
 */
const googleThumbprint = '08745487e891c19e3078c1f2a07e452950ef36f6';

/** A cluster at Google whose word AWS takes for who its pods are. Alone it lets nobody do anything: roles say whom they trust. */
export class ClusterIssuer extends Construct {
  readonly arn: string;
  /** What begins the names of conditions on its tokens. */
  readonly issuer: string;

  constructor(scope: Construct, id: string, { issuer }: ClusterIssuerProps) {
    super(scope, id);
    const provider = new IamOpenidConnectProvider(this, 'Resource', {
      url: `https://${issuer}`,
      clientIdList: [awsAudience],
      thumbprintList: [googleThumbprint],
    });
    this.arn = provider.arn;
    this.issuer = issuer;
  }
}
