import { VpcPeering } from '@cdktf/provider-digitalocean/lib/vpc-peering';
import { Vpc } from '@cdktf/provider-digitalocean/lib/vpc';
import { Construct } from 'constructs';

export interface NetworkProps {
  readonly name: string;
  readonly region: string;
}

/** Lets two private networks reach each other, in the same region or another. */
export class NetworkPeering extends Construct {
  constructor(scope: Construct, id: string, props: { readonly name: string; readonly vpcIds: readonly [string, string] }) {
    super(scope, id);
    new VpcPeering(this, 'Resource', { name: props.name, vpcIds: [...props.vpcIds] });
  }
}

/** The private network. DigitalOcean chooses an address range that is free in the account, so that environments never overlap. */
export class Network extends Construct {
  readonly vpcId: string;
  /** In CIDR notation. */
  readonly addressRange: string;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const vpc = new Vpc(this, 'Resource', { name: props.name, region: props.region });
    this.vpcId = vpc.id;
    this.addressRange = vpc.ipRange;
  }
}
