import { Loadbalancer } from '@cdktf/provider-digitalocean/lib/loadbalancer';
import { Construct } from 'constructs';
import { asksPort } from './health-check';
import type { Site } from './site';

export interface RegionalEntryProps {
  readonly site: Site;
  readonly name: string;
  /** Tag of the nodes that get the requests. */
  readonly targetTag: string;
  /** Port on every node where the ingress controller speaks TLS. */
  readonly targetPort: number;
  readonly certificateName: string;
}

/** What brings a region's requests to the ingress controller of its cluster; the global balancer stands before it. */
export class RegionalEntry extends Construct {
  readonly id: string;

  constructor(scope: Construct, id: string, props: RegionalEntryProps) {
    super(scope, id);
    const balancer = new Loadbalancer(this, 'Resource', {
      name: props.name,
      region: props.site.region,
      sizeUnit: 1,
      vpcUuid: props.site.vpcId,
      projectId: props.site.project.id,
      dropletTag: props.targetTag,
      disableLetsEncryptDnsRecords: true,
      redirectHttpToHttps: true,
      forwardingRule: [
        {
          entryPort: 443,
          entryProtocol: 'https',
          targetPort: props.targetPort,
          targetProtocol: 'https',
          certificateName: props.certificateName,
        },
        { entryPort: 80, entryProtocol: 'http', targetPort: props.targetPort, targetProtocol: 'https' },
      ],
      healthcheck: asksPort(props.targetPort),
    });
    this.id = balancer.id;
  }
}
