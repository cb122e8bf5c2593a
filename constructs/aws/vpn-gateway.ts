import { Route } from '@cdktf/provider-aws/lib/route';
import { VpnGateway as Gateway } from '@cdktf/provider-aws/lib/vpn-gateway';
import { Construct } from 'constructs';
import type { INetwork } from './private-network';
import { named } from './site';

export interface VpnGatewayProps {
  readonly name: string;
  readonly network: INetwork;
  /** Its number in BGP, one of those for private use. */
  readonly asn: number;
  /** Ranges on the other side that are reached from here. */
  readonly ranges: readonly string[];
}

/**
 * Where VPN connections end in a network. Private and data subnets reach these ranges through it, and nothing else that the other side may come
 * to announce: routes are named here, not taken over from BGP, which chooses among the tunnels.
 */
export class VpnGateway extends Construct {
  readonly gatewayId: string;

  constructor(scope: Construct, id: string, { name, network, asn, ranges }: VpnGatewayProps) {
    super(scope, id);
    const gateway = new Gateway(this, 'Resource', { vpcId: network.vpcId, amazonSideAsn: `${asn}`, ...named(name) });
    ranges.forEach((destinationCidrBlock, range) =>
      network.inner.forEach(
        (routeTableId, table) =>
          new Route(this, `there_${range + 1}_${table + 1}`, { routeTableId, destinationCidrBlock, gatewayId: gateway.id }),
      ),
    );
    this.gatewayId = gateway.id;
  }
}
