import { Loadbalancer } from '@cdktf/provider-digitalocean/lib/loadbalancer';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import type { IEntry } from '../servers';
import { freeCertificate } from './free-certificate';
import { asksPath } from './health-check';
import type { Site } from './site';
import type { Zone } from './zone';

export interface GlobalBalancerProps {
  readonly site: Site;
  readonly zone: Zone;
  readonly domain: string;
  readonly name: string;
  readonly healthPath: string;
}

/** One address for several regions: a request goes to the nearest whose servers answer, and to another when half of them do not. */
export class GlobalBalancer extends Construct implements IEntry {
  readonly address: string;
  /** The certificate that people see; regional entries show the same. */
  readonly certificateName: string;
  private readonly targets: string[] = [];

  constructor(scope: Construct, id: string, props: GlobalBalancerProps) {
    super(scope, id);
    const certificate = freeCertificate(this, props.domain, props.zone.domain);
    // Another address and name than a regional balancer of the same role has: neither becomes the other in place.
    const balancer = new Loadbalancer(this, 'global', {
      name: `${props.name}-global`,
      type: 'GLOBAL',
      projectId: props.site.project.id,
      targetLoadBalancerIds: Lazy.listValue({ produce: () => [...this.targets] }),
      // The zone's own record points here.
      domains: [{ name: props.domain, isManaged: false, certificateName: certificate.name }],
      glbSettings: { targetProtocol: 'https', targetPort: 443, failoverThreshold: 50, cdn: { isEnabled: false } },
      healthcheck: asksPath('https', 443, props.healthPath),
    });
    this.address = balancer.ip;
    this.certificateName = certificate.name;
  }

  /** Lets a region's balancer take requests. */
  add(balancerId: string): void {
    this.targets.push(balancerId);
  }
}
