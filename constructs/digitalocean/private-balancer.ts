import { Loadbalancer } from '@cdktf/provider-digitalocean/lib/loadbalancer';
import { Construct } from 'constructs';
import { asksPath } from './health-check';
import type { Site } from './site';

export interface PrivateBalancerProps {
  readonly site: Site;
  readonly name: string;
  /** Tag of the servers that get the requests. */
  readonly targetTag: string;
  /** Port of the balancer and of the servers. */
  readonly port: number;
  readonly healthPath: string;
  /** How long an answer may take to begin or to go on, in seconds. DigitalOcean allows 30 to 600. */
  readonly idleSeconds: number;
}

/** One address within the private network for a group of servers; those that fail their health check get nothing. */
export class PrivateBalancer extends Construct {
  readonly address: string;
  readonly id: string;

  constructor(scope: Construct, id: string, props: PrivateBalancerProps) {
    super(scope, id);
    const balancer = new Loadbalancer(this, 'Resource', {
      name: props.name,
      region: props.site.region,
      network: 'INTERNAL',
      sizeUnit: 1,
      vpcUuid: props.site.vpcId,
      projectId: props.site.project.id,
      dropletTag: props.targetTag,
      httpIdleTimeoutSeconds: props.idleSeconds,
      forwardingRule: [{ entryPort: props.port, entryProtocol: 'http', targetPort: props.port, targetProtocol: 'http' }],
      healthcheck: asksPath('http', props.port, props.healthPath),
    });
    this.address = balancer.ip;
    this.id = balancer.id;
  }
}
