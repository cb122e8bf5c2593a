import { decimal } from '../../decimal';
import type { Place } from '../place';
import { type Block, blocks, onUnlessOff, textOr, why } from '../read';
import { assembled, assumed, type Count, free, unpriced } from '../results';
import { awsGlobalType, awsType } from './place';

/** A NAT gateway and what goes through it; its public address is an `aws_eip`. */
export const natGateway = awsType('aws_nat_gateway', (_, at) =>
  assembled([
    at.hourly('NAT gateway', 'nat-gateway', 'gateway'),
    at.used('data through the gateway', 'natGb', 'nat-gateway', 'data-processed', 'GB'),
  ]),
);

/** A public IPv4 address, which costs the same whether something holds it or not. */
export const elasticIp = awsType('aws_eip', (_, at) => assembled([at.hourly('public IPv4 address', 'vpc', 'public-ipv4')]));

/** An endpoint: a gateway is free, an interface costs in each zone. */
export const vpcEndpoint = awsType('aws_vpc_endpoint', (block, at) => {
  const type = textOr(block, 'vpc_endpoint_type', 'Gateway');
  if (type === 'Gateway') return free('gateway endpoints are free');
  const sku = endpointSkus[type ?? ''];
  if (sku === undefined) return unpriced(why(block, 'vpc_endpoint_type'));
  return assembled([
    at.hourly(`${sku.replace('-', ' ')}, one in each zone`, 'vpc', sku, zones(block, at)),
    at.used('data through the endpoint', 'privateLinkGb', 'vpc', `${sku}/data`, 'GB'),
  ]);
});

const endpointSkus: Readonly<Record<string, string>> = { Interface: 'interface-endpoint', GatewayLoadBalancer: 'gwlb-endpoint' };

function zones(block: Block, at: Place): Count {
  const subnets = block.values['subnet_ids'];
  if (Array.isArray(subnets) && subnets.length > 0 && !block.unknown.includes('subnet_ids')) return { quantity: decimal(subnets.length) };
  const referenced = at.graph.referenced(at.node, 'subnet_ids').length;
  return referenced > 0 ? { quantity: decimal(referenced) } : assumed(decimal(1), 'it states no subnets; one zone is taken');
}

/** What is attached to a transit gateway; the gateway itself is free. */
export const transitAttachment = awsType('aws_ec2_transit_gateway_vpc_attachment', (_, at) =>
  assembled([
    at.hourly('attachment', 'transit-gateway', 'attachment'),
    at.used('data through the gateway', 'transitGb', 'transit-gateway', 'data', 'GB'),
  ]),
);

/** A connection between two transit gateways. */
export const transitPeering = awsType('aws_ec2_transit_gateway_peering_attachment', (_, at) =>
  assembled([at.hourly('peering attachment', 'transit-gateway', 'peering-attachment')]),
);

/** A site-to-site connection. Through a transit gateway it is an attachment too. */
export const vpnConnection = awsType('aws_vpn_connection', (block, at) => {
  const transit = at.graph.referenced(at.node, 'transit_gateway_id').length > 0 || typeof block.values['transit_gateway_id'] === 'string';
  return assembled([
    at.hourly('VPN connection', 'vpn', 'site-to-site-connection'),
    transit ? at.hourly('transit gateway attachment', 'transit-gateway', 'attachment') : undefined,
    transit ? at.used('data through the transit gateway', 'transitGb', 'transit-gateway', 'data', 'GB') : undefined,
  ]);
});

/** A client VPN's place in one subnet; connections are counted by usage. */
export const clientVpnAssociation = awsType('aws_ec2_client_vpn_network_association', (_, at) =>
  assembled([at.hourly('client VPN association', 'vpn', 'client-vpn-association')]),
);

/** A client VPN by the hours that its users are connected. */
export const clientVpnEndpoint = awsType('aws_ec2_client_vpn_endpoint', (_, at) =>
  assembled([at.used('hours of connections', 'connectionHours', 'vpn', 'client-vpn-connection', 'hour')]),
);

/** A network firewall in each of its subnets. */
export const networkFirewall = awsType('aws_networkfirewall_firewall', (block, at) => {
  const endpoints = blocks(block, 'subnet_mapping').length;
  if (endpoints === 0) return unpriced(why(block, 'subnet_mapping'));
  return assembled([
    at.hourly('firewall endpoint', 'network-firewall', 'endpoint', { quantity: decimal(endpoints) }),
    at.used('data inspected', 'privateLinkGb', 'network-firewall', 'data', 'GB'),
  ]);
});

/** An accelerator: its fixed fee, and a premium on the traffic of its dominant direction. */
export const globalAccelerator = awsGlobalType('aws_globalaccelerator_accelerator', (block, at) => {
  if (onUnlessOff(block, 'enabled') === false) return free('a disabled accelerator costs nothing');
  return assembled([
    at.hourly('accelerator', 'global-accelerator', 'fixed-fee'),
    at.used(
      'premium on traffic, at the rate within and between North America and Europe',
      'acceleratedGb',
      'global-accelerator',
      'dt-premium/us-to-us-or-eu',
      'GB',
    ),
  ]);
});
