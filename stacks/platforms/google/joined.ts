import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Token } from 'cdktf';
import { SiteToSiteVpn } from '../../../constructs/aws/site-to-site-vpn';
import { HaVpn } from '../../../constructs/google/ha-vpn';
import { LayerState } from '../../layer-state';
import { providerOf } from '../aws/provider-of';
import { asns, insideRanges } from '../between-clouds';
import { layerOutput } from '../naming';
import type { Ground } from './distributed-sql';
import { ranges } from './neighbours';

/**
 * The VPN to the home network: both ends at once, because each needs the addresses of the other. What it ends at there was made by the
 * platform layer. Pods are all that the other side is told of: AWS's clusters have services at the addresses of nodes here.
 */
export function joinHome({ stack, environment, tier, region, network }: Ground, name: string): void {
  const id = `network_${region}_vpn`;
  const here = new HaVpn(stack, id, { name, region, networkId: network.networkId, asn: asns.google, told: { pods: ranges.pods } });
  new AwsProvider(stack, 'aws', providerOf(environment, environment.region));
  const platform = new LayerState(stack, 'platform', environment.state, layerOutput(environment, tier));
  const there = new SiteToSiteVpn(stack, `${id}_aws`, {
    name: `${name}-google`,
    gatewayId: Token.asString(platform.output('vpn_gateway')),
    asn: asns.aws,
    peer: { asn: asns.google, addresses: here.addresses },
    insideRanges,
  });
  here.join(there.end);
}
