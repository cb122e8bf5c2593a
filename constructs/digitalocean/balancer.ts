import { Loadbalancer } from '@cdktf/provider-digitalocean/lib/loadbalancer';
import { Construct } from 'constructs';
import type { IEntry } from '../servers';
import { freeCertificate } from './free-certificate';
import { asksPath } from './health-check';
import type { Site } from './site';
import type { Zone } from './zone';

export interface BalancerProps {
  readonly site: Site;
  readonly zone: Zone;
  readonly domain: string;
  readonly name: string;
  /** Balancer nodes. */
  readonly nodes: number;
  /** Tag of the servers that get the requests. */
  readonly targetTag: string;
  /** Port on the servers. */
  readonly targetPort: number;
  readonly healthPath: string;
}

/** A regional load balancer: TLS ends here, plain HTTP is redirected, servers that fail their health check get nothing. */
export class Balancer extends Construct implements IEntry {
  readonly address: string;
  readonly id: string;

  constructor(scope: Construct, id: string, props: BalancerProps) {
    super(scope, id);
    const certificate = freeCertificate(this, props.domain, props.zone.domain);
    const balancer = new Loadbalancer(this, 'Resource', {
      name: props.name,
      region: props.site.region,
      sizeUnit: props.nodes,
      vpcUuid: props.site.vpcId,
      projectId: props.site.project.id,
      dropletTag: props.targetTag,
      // The zone's own record points here. One that DigitalOcean makes for the certificate would be unknown to Terraform, and stay when the balancer goes.
      disableLetsEncryptDnsRecords: true,
      redirectHttpToHttps: true,
      forwardingRule: [
        { entryPort: 443, entryProtocol: 'https', targetPort: props.targetPort, targetProtocol: 'http', certificateName: certificate.name },
        { entryPort: 80, entryProtocol: 'http', targetPort: props.targetPort, targetProtocol: 'http' },
      ],
      healthcheck: asksPath('http', props.targetPort, props.healthPath),
    });
    this.address = balancer.ip;
    this.id = balancer.id;
  }
}
