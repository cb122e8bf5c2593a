import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import { Construct } from 'constructs';
import { keep } from '../keep';
import type { Site } from './site';

/** What a name can stand for: an address, or something of AWS that has a name and a zone of its own. */
export type Target =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'alias'; readonly host: string; readonly zoneId: string };

export interface ZoneProps {
  readonly site: Pick<Site, 'disposable'>;
  readonly domain: string;
  /** How long a resolver may keep an answer, in seconds. Answers for an alias have the lifetime that AWS gives them. */
  readonly ttlSeconds: number;
}

/** The domain's zone. The registrar must delegate the domain to its name servers. */
export class Zone extends Construct {
  readonly domain: string;
  readonly zoneId: string;
  readonly nameServers: string[];
  private readonly ttl: number;

  constructor(scope: Construct, id: string, props: ZoneProps) {
    super(scope, id);
    const zone = new Route53Zone(this, 'Resource', {
      name: props.domain,
      comment: '',
      forceDestroy: props.site.disposable,
      ...keep(props.site),
    });
    this.domain = props.domain;
    this.zoneId = zone.zoneId;
    this.nameServers = zone.nameServers;
    this.ttl = props.ttlSeconds;
  }

  /** Points the domain itself somewhere. */
  pointTo(target: Target): void {
    this.record('address', this.domain, target);
  }

  /** Makes a name within the domain another name for something. */
  alias(name: string, target: Target): void {
    this.record(name, `${name}.${this.domain}`, target);
  }

  private record(id: string, name: string, target: Target): void {
    const common = { zoneId: this.zoneId, name, type: 'A' };
    if (target.kind === 'address') new Route53Record(this, id, { ...common, ttl: this.ttl, records: [target.address] });
    else new Route53Record(this, id, { ...common, alias: { name: target.host, zoneId: target.zoneId, evaluateTargetHealth: false } });
  }
}
