import { TerraformOutput } from 'cdktf';
import { VpnGateway } from '../../../constructs/aws/vpn-gateway';
import { asns, joinsClouds } from '../between-clouds';
import { ranges } from '../google/neighbours';
import { lastingPrefix, layerOutput } from '../naming';
import type { Workshop } from './workshop';

/** The end here of the VPN to the second cloud, whose part makes the rest once both have their addresses. */
export function openToSecondCloud({ stack, environment, tier, site }: Pick<Workshop, 'stack' | 'environment' | 'tier' | 'site'>): void {
  if (!joinsClouds(tier)) return;
  const { gatewayId } = new VpnGateway(stack, 'network_vpn', {
    name: lastingPrefix(environment, tier),
    network: site.network,
    asn: asns.aws,
    ranges: rangesBeyond({ tier }),
  });
  new TerraformOutput(stack, layerOutput(environment, tier)('vpn_gateway'), {
    value: gatewayId,
    staticId: true,
    description: 'Where the VPN to the second cloud ends.',
  });
}

/** Ranges in the second cloud from which a database here is asked: those of pods alone, whose addresses Google leaves as they are on the way to private networks. */
export function rangesBeyond({ tier }: Pick<Workshop, 'tier'>): readonly string[] {
  return joinsClouds(tier) ? [ranges.pods] : [];
}
