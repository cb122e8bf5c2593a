import { Domain } from '@cdktf/provider-digitalocean/lib/domain';
import { Record } from '@cdktf/provider-digitalocean/lib/record';
import { Construct } from 'constructs';
import { keep } from '../keep';
import type { Site } from './site';

export interface ZoneProps {
  readonly site: Site;
  readonly domain: string;
  /** How long a resolver may keep an answer, in seconds. */
  readonly ttlSeconds: number;
}

/** The domain's zone. The registrar must delegate the domain to DigitalOcean's name servers. */
export class Zone extends Construct {
  readonly domain: string;
  private readonly ttl: number;

  constructor(scope: Construct, id: string, props: ZoneProps) {
    super(scope, id);
    const zone = new Domain(this, 'Resource', { name: props.domain, ...keep(props.site) });
    props.site.project.add(zone.urn);
    this.domain = zone.name;
    this.ttl = props.ttlSeconds;
  }

  /** Points the domain itself to an IPv4 address. */
  pointTo(address: string): void {
    new Record(this, 'address', { domain: this.domain, type: 'A', name: '@', value: address, ttl: this.ttl });
  }

  /** Makes a name within the domain another name for a host. */
  alias(name: string, host: string): void {
    new Record(this, name, { domain: this.domain, type: 'CNAME', name, value: `${host}.`, ttl: this.ttl });
  }
}
