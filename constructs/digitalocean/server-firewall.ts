import { Firewall, type FirewallInboundRule } from '@cdktf/provider-digitalocean/lib/firewall';
import { Tag } from '@cdktf/provider-digitalocean/lib/tag';
import { Construct } from 'constructs';

/** Who may reach a port. */
export type Admitted =
  | { readonly from: 'internet' }
  | { readonly from: 'ranges'; readonly cidrs: readonly string[] }
  | { readonly from: 'servers'; readonly tag: string }
  | { readonly from: 'balancers'; readonly ids: readonly string[] };

/** A TCP port, and who may reach it. */
export interface OpenPort {
  readonly port: number;
  readonly admit: Admitted;
}

export interface ServerFirewallProps {
  readonly name: string;
  /** Tag of the servers it protects. */
  readonly tag: string;
  readonly open: readonly OpenPort[];
}

const everywhere = ['0.0.0.0/0', '::/0'];

/** What may reach a group of servers: nothing but what is listed. They may reach everything. */
export class ServerFirewall extends Construct {
  /** What servers wait for, so that none runs a moment without it. */
  readonly resource: Firewall;

  constructor(scope: Construct, id: string, props: ServerFirewallProps) {
    super(scope, id);
    this.resource = new Firewall(this, 'Resource', {
      name: props.name,
      tags: [props.tag],
      inboundRule: props.open.map(inbound),
      outboundRule: [
        { protocol: 'tcp', portRange: '1-65535', destinationAddresses: everywhere },
        { protocol: 'udp', portRange: '1-65535', destinationAddresses: everywhere },
        { protocol: 'icmp', destinationAddresses: everywhere },
      ],
    });
  }
}

function inbound({ port, admit }: OpenPort): FirewallInboundRule {
  return { protocol: 'tcp', portRange: String(port), ...source(admit) };
}

function source(admit: Admitted): Partial<FirewallInboundRule> {
  switch (admit.from) {
    case 'internet':
      return { sourceAddresses: everywhere };
    case 'ranges':
      return { sourceAddresses: [...admit.cidrs] };
    case 'servers':
      return { sourceTags: [admit.tag] };
    case 'balancers':
      return { sourceLoadBalancerUids: [...admit.ids] };
  }
}

/** The tag of a role's servers. It outlives every server: what admits the tag admits the servers to come. */
export class ServerTag extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, name: string) {
    super(scope, id);
    this.name = new Tag(this, 'Resource', { name }).name;
  }
}
