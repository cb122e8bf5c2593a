import { ComputeExternalVpnGateway } from '@cdktf/provider-google/lib/compute-external-vpn-gateway';
import { ComputeHaVpnGateway } from '@cdktf/provider-google/lib/compute-ha-vpn-gateway';
import { ComputeRouterInterface } from '@cdktf/provider-google/lib/compute-router-interface';
import { ComputeRouterPeer } from '@cdktf/provider-google/lib/compute-router-peer';
import { ComputeRouter } from '@cdktf/provider-google/lib/compute-router';
import { ComputeVpnTunnel } from '@cdktf/provider-google/lib/compute-vpn-tunnel';
import { Construct } from 'constructs';
import { routersOf, type RemoteEnd, type RemoteTunnel } from '../vpn';

export interface HaVpnProps {
  readonly name: string;
  readonly region: string;
  readonly networkId: string;
  /** Its number in BGP, one of those for private use. */
  readonly asn: number;
  /** What the other side is told of: ranges by what they hold. Nothing else of this network is. */
  readonly told: Readonly<Record<string, string>>;
}

/**
 * Google's end of a VPN to another cloud: a gateway with two addresses, and a router that tells the other side which ranges lie here. Two
 * tunnels to each of two connections, of which one is enough. (Google Cloud, Create HA VPN connections between Google Cloud and AWS; recalled 2026-11-23.)
 */
export class HaVpn extends Construct {
  /** What it is reached by on the internet. */
  readonly addresses: readonly [string, string];
  private readonly gateway: ComputeHaVpnGateway;
  private readonly router: ComputeRouter;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: HaVpnProps,
  ) {
    super(scope, id);
    const { region, networkId, asn, told } = props;
    const name = `${props.name}-vpn`;
    this.gateway = new ComputeHaVpnGateway(this, 'Resource', { name, region, network: networkId });
    this.router = new ComputeRouter(this, 'router', {
      name,
      region,
      network: networkId,
      bgp: {
        asn,
        advertiseMode: 'CUSTOM',
        advertisedIpRanges: Object.entries(told).map(([description, range]) => ({ range, description })),
      },
    });
    this.addresses = [this.addressOf(0), this.addressOf(1)];
  }

  private addressOf(place: 0 | 1): string {
    return this.gateway.vpnInterfaces.get(place).ipAddress;
  }

  /** Joins the other side, whose connections are there. */
  join({ asn, connections }: RemoteEnd): void {
    const tunnels = connections.flatMap((pair, place) => pair.map((tunnel) => ({ tunnel, place })));
    const peer = new ComputeExternalVpnGateway(this, 'peer', {
      name: `${this.props.name}-vpn`,
      redundancyType: 'FOUR_IPS_REDUNDANCY',
      interface: tunnels.map(({ tunnel: { address } }, index) => ({ id: index, ipAddress: address })),
    });
    tunnels.forEach(({ tunnel, place }, index) => this.tunnel(tunnel, { asn, place, index, peerId: peer.id }));
  }

  private tunnel({ sharedSecret, insideRange }: RemoteTunnel, { asn, place, index, peerId }: Ends): void {
    const [id, name, { region }] = [`tunnel_${index + 1}`, `${this.props.name}-vpn-${index + 1}`, this.props];
    const [router, { own, remote }] = [this.router.name, routersOf(insideRange)];
    const tunnel = new ComputeVpnTunnel(this, id, {
      name,
      region,
      ikeVersion: 2,
      sharedSecret,
      vpnGateway: this.gateway.id,
      vpnGatewayInterface: place,
      peerExternalGateway: peerId,
      peerExternalGatewayInterface: index,
      router,
    });
    const way = new ComputeRouterInterface(this, `${id}_interface`, { name, region, router, ipRange: `${own}/30`, vpnTunnel: tunnel.name });
    new ComputeRouterPeer(this, `${id}_peer`, { name, region, router, interface: way.name, peerIpAddress: remote, peerAsn: asn });
  }
}

/** Between which ends a tunnel leads. */
interface Ends {
  readonly asn: number;
  /** Interface of the gateway here. */
  readonly place: number;
  /** Interface of the other side's. */
  readonly index: number;
  readonly peerId: string;
}
