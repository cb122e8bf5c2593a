import { Vpc } from '@cdktf/provider-digitalocean/lib/vpc';
import { Construct } from 'constructs';

export interface NetworkProps {
  readonly name: string;
  readonly region: string;
}

/** The private network. DigitalOcean chooses an address range that is free in the account, so that environments never overlap. */
export class Network extends Construct {
  readonly vpcId: string;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const vpc = new Vpc(this, 'Resource', { name: props.name, region: props.region });
    this.vpcId = vpc.id;
  }
}
