import { GlobalacceleratorAccelerator } from '@cdktf/provider-aws/lib/globalaccelerator-accelerator';
import { GlobalacceleratorEndpointGroup } from '@cdktf/provider-aws/lib/globalaccelerator-endpoint-group';
import { GlobalacceleratorListener } from '@cdktf/provider-aws/lib/globalaccelerator-listener';
import { Construct } from 'constructs';

/** The balancer of one region. */
export interface RegionalEntry {
  readonly region: string;
  readonly balancerArn: string;
}

export interface GlobalAcceleratorProps {
  readonly name: string;
  /** One a region; a request goes to the nearest that is healthy. */
  readonly entries: readonly RegionalEntry[];
  readonly healthPath: string;
}

/** Two addresses that are announced all over the world, and the regions behind them. */
export class GlobalAccelerator extends Construct {
  /** Name and hosted zone for an alias record. */
  readonly dnsName: string;
  readonly zoneId: string;

  constructor(scope: Construct, id: string, { name, entries, healthPath }: GlobalAcceleratorProps) {
    super(scope, id);
    const accelerator = new GlobalacceleratorAccelerator(this, 'Resource', { name, ipAddressType: 'IPV4', enabled: true });
    this.dnsName = accelerator.dnsName;
    this.zoneId = accelerator.hostedZoneId;
    const listener = new GlobalacceleratorListener(this, 'listener', {
      acceleratorArn: accelerator.arn,
      protocol: 'TCP',
      // Plain HTTP only so that the balancers can redirect it.
      portRange: [
        { fromPort: 80, toPort: 80 },
        { fromPort: 443, toPort: 443 },
      ],
    });
    for (const entry of entries) endpointGroup(this, listener.arn, entry, healthPath);
  }
}

/** A balancer tells its own health; what is set here is used only where it does not. */
function endpointGroup(scope: Construct, listenerArn: string, { region, balancerArn }: RegionalEntry, healthCheckPath: string): void {
  new GlobalacceleratorEndpointGroup(scope, `region_${region.replaceAll('-', '_')}`, {
    listenerArn,
    endpointGroupRegion: region,
    healthCheckProtocol: 'HTTPS',
    healthCheckPort: 443,
    healthCheckPath,
    healthCheckIntervalSeconds: 10,
    thresholdCount: 3,
    trafficDialPercentage: 100,
    endpointConfiguration: [{ endpointId: balancerArn, weight: 128, clientIpPreservationEnabled: true }],
  });
}
