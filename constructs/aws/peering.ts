import { Route } from '@cdktf/provider-aws/lib/route';
import { VpcPeeringConnection } from '@cdktf/provider-aws/lib/vpc-peering-connection';
import { VpcPeeringConnectionAccepterA } from '@cdktf/provider-aws/lib/vpc-peering-connection-accepter';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import type { INetwork } from './private-network';
import { named } from './site';

export interface PeeringProps {
  readonly name: string;
  readonly from: INetwork;
  readonly to: INetwork;
  /** Provider configuration for the region of the first network. @default - the stack's own */
  readonly fromProvider?: TerraformProvider;
  /** Region of the second network, and the provider configuration for it. */
  readonly region: string;
  readonly provider: TerraformProvider;
}

/** A private way between the networks of two regions, for what lies in private and data subnets. It never goes over the internet. */
export class Peering extends Construct {
  constructor(scope: Construct, id: string, { name, from, to, fromProvider, region, provider }: PeeringProps) {
    super(scope, id);
    const near = fromProvider === undefined ? {} : { provider: fromProvider };
    const connection = new VpcPeeringConnection(this, 'Resource', {
      vpcId: from.vpcId,
      peerVpcId: to.vpcId,
      peerRegion: region,
      autoAccept: false,
      ...near,
      ...named(name),
    });
    const accepted = new VpcPeeringConnectionAccepterA(this, 'accepter', {
      provider,
      vpcPeeringConnectionId: connection.id,
      autoAccept: true,
      ...named(name),
    });
    const way = { vpcPeeringConnectionId: accepted.id };
    from.inner.forEach(
      (routeTableId, index) => new Route(this, `there_${index + 1}`, { routeTableId, destinationCidrBlock: to.cidr, ...near, ...way }),
    );
    to.inner.forEach(
      (routeTableId, index) => new Route(this, `back_${index + 1}`, { provider, routeTableId, destinationCidrBlock: from.cidr, ...way }),
    );
  }
}
