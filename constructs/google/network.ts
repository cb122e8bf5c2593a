import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ComputeRouter } from '@cdktf/provider-google/lib/compute-router';
import { ComputeRouterNat } from '@cdktf/provider-google/lib/compute-router-nat';
import { ComputeSubnetwork } from '@cdktf/provider-google/lib/compute-subnetwork';
import { Construct } from 'constructs';

export interface NetworkProps {
  readonly name: string;
  readonly region: string;
  /** Ranges of nodes, pods and services; they overlap with no other network of the environment. */
  readonly ranges: { readonly nodes: string; readonly pods: string; readonly services: string };
}

/** Names of the secondary ranges. */
export const rangeNames = { pods: 'pods', services: 'services' } as const;

/** A network of one region: nodes without public addresses, which reach the internet through a NAT. */
export class Network extends Construct {
  readonly networkId: string;
  readonly subnetworkId: string;

  constructor(scope: Construct, id: string, { name, region, ranges }: NetworkProps) {
    super(scope, id);
    const network = new ComputeNetwork(this, 'Resource', { name, autoCreateSubnetworks: false, routingMode: 'REGIONAL' });
    const subnetwork = new ComputeSubnetwork(this, 'subnetwork', {
      name,
      region,
      network: network.id,
      ipCidrRange: ranges.nodes,
      privateIpGoogleAccess: true,
      secondaryIpRange: [
        { rangeName: rangeNames.pods, ipCidrRange: ranges.pods },
        { rangeName: rangeNames.services, ipCidrRange: ranges.services },
      ],
      // A tenth of the packets is enough to see who speaks with whom.
      logConfig: { aggregationInterval: 'INTERVAL_10_MIN', flowSampling: 0.1, metadata: 'INCLUDE_ALL_METADATA' },
    });
    const router = new ComputeRouter(this, 'router', { name, region, network: network.id });
    new ComputeRouterNat(this, 'nat', {
      name,
      region,
      router: router.name,
      natIpAllocateOption: 'AUTO_ONLY',
      sourceSubnetworkIpRangesToNat: 'ALL_SUBNETWORKS_ALL_IP_RANGES',
    });
    this.networkId = network.id;
    this.subnetworkId = subnetwork.id;
  }
}
