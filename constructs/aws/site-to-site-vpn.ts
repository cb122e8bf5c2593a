import { CustomerGateway } from '@cdktf/provider-aws/lib/customer-gateway';
import { VpnConnection } from '@cdktf/provider-aws/lib/vpn-connection';
import { Construct } from 'constructs';
import type { RemoteEnd, RemoteTunnel } from '../vpn';
import { named } from './site';

export interface SiteToSiteVpnProps {
  readonly name: string;
  /** The VPN gateway of the network here. */
  readonly gatewayId: string;
  /** Its number in BGP. */
  readonly asn: number;
  /** The other cloud's number, and its two addresses on the internet. */
  readonly peer: { readonly asn: number; readonly addresses: readonly [string, string] };
  /** A /30 for each tunnel, by address of the other cloud. */
  readonly insideRanges: readonly [readonly [string, string], readonly [string, string]];
}

/**
 * One cipher for each role: from the long lists that AWS proposes by default the other cloud may choose another one each time the keys
 * are renewed. (Cloud VPN, Supported IKE ciphers, "Proposal order", read on 2026-11-23; that it knows group 16 in both phases is recalled.)
 */
const [encryption, integrity, groups] = [['AES256'], ['SHA2-256'], [16]];

const proposals = {
  tunnel1IkeVersions: ['ikev2'],
  tunnel1Phase1EncryptionAlgorithms: encryption,
  tunnel1Phase1IntegrityAlgorithms: integrity,
  tunnel1Phase1DhGroupNumbers: groups,
  tunnel1Phase2EncryptionAlgorithms: encryption,
  tunnel1Phase2IntegrityAlgorithms: integrity,
  tunnel1Phase2DhGroupNumbers: groups,
  tunnel2IkeVersions: ['ikev2'],
  tunnel2Phase1EncryptionAlgorithms: encryption,
  tunnel2Phase1IntegrityAlgorithms: integrity,
  tunnel2Phase1DhGroupNumbers: groups,
  tunnel2Phase2EncryptionAlgorithms: encryption,
  tunnel2Phase2IntegrityAlgorithms: integrity,
  tunnel2Phase2DhGroupNumbers: groups,
};

/** AWS's end of a VPN to another cloud: a connection to each of its addresses, with two tunnels. AWS makes up the shared secrets. */
export class SiteToSiteVpn extends Construct {
  /** As the other cloud sees it. */
  readonly end: RemoteEnd;

  constructor(scope: Construct, id: string, props: SiteToSiteVpnProps) {
    super(scope, id);
    this.end = { asn: props.asn, connections: [this.connection(props, 0), this.connection(props, 1)] };
  }

  private connection({ name, gatewayId, peer, insideRanges }: SiteToSiteVpnProps, place: 0 | 1): readonly [RemoteTunnel, RemoteTunnel] {
    const [number, [first, second]] = [place + 1, insideRanges[place]];
    const tags = named(`${name}-${number}`);
    const customer = new CustomerGateway(this, `customer_${number}`, {
      type: 'ipsec.1',
      bgpAsn: `${peer.asn}`,
      ipAddress: peer.addresses[place],
      ...tags,
    });
    const made = new VpnConnection(this, `connection_${number}`, {
      type: 'ipsec.1',
      vpnGatewayId: gatewayId,
      customerGatewayId: customer.id,
      tunnel1InsideCidr: first,
      tunnel2InsideCidr: second,
      ...proposals,
      ...tags,
    });
    return [
      { address: made.tunnel1Address, sharedSecret: made.tunnel1PresharedKey, insideRange: first },
      { address: made.tunnel2Address, sharedSecret: made.tunnel2PresharedKey, insideRange: second },
    ];
  }
}
