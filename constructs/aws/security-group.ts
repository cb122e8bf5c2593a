import { SecurityGroup as Group } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { named, type Site } from './site';

/** Who may reach a port. */
export type Admitted =
  | { readonly from: 'internet' }
  | { readonly from: 'ranges'; readonly cidrs: readonly string[] }
  | { readonly from: 'group'; readonly groupId: string };

export interface SecurityGroupProps {
  readonly site: Pick<Site, 'network'>;
  readonly name: string;
  readonly description: string;
  /** Whether its members may open connections to wherever they want. Databases and caches never do. */
  readonly reachesOut: boolean;
}

/**
 * What may reach a role's servers, and the name by which others admit them. It belongs to the role, not to a generation of it:
 * whoever is admitted stays admitted when servers move. Every rule is a resource of its own, so that one that joins changes no
 * other.
 */
export class SecurityGroup extends Construct {
  readonly groupId: string;
  /** What members wait for before they start: that they may open connections. */
  readonly ways: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: SecurityGroupProps) {
    super(scope, id);
    const group = new Group(this, 'Resource', {
      name: props.name,
      description: props.description,
      vpcId: props.site.network.vpcId,
      ...named(props.name),
    });
    this.groupId = group.id;
    this.ways = props.reachesOut ? [this.out()] : [];
  }

  private out(): ITerraformDependable {
    return new VpcSecurityGroupEgressRule(this, 'out', {
      securityGroupId: this.groupId,
      description: 'Packages, images and the interfaces of AWS, wherever they are.',
      ipProtocol: '-1',
      cidrIpv4: '0.0.0.0/0',
      ...named('out'),
    });
  }

  /** Lets members open connections to a TCP port. @param id what for; part of the address of its rule */
  reach(id: string, port: number, cidr: string): void {
    new VpcSecurityGroupEgressRule(this, id, {
      securityGroupId: this.groupId,
      description: `Port ${port} for ${id}.`,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      cidrIpv4: cidr,
      ...named(id),
    });
  }

  /** Opens a TCP port. @param id what it is for; part of the address of its rule */
  open(id: string, port: number, admitted: Admitted): void {
    for (const { suffix, source } of sources(admitted)) {
      new VpcSecurityGroupIngressRule(this, `${id}${suffix}`, {
        securityGroupId: this.groupId,
        description: `Port ${port} for ${id}.`,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        ...source,
        ...named(id),
      });
    }
  }
}

type Source = { readonly cidrIpv4: string } | { readonly cidrIpv6: string } | { readonly referencedSecurityGroupId: string };

function sources(admitted: Admitted): { readonly suffix: string; readonly source: Source }[] {
  switch (admitted.from) {
    case 'internet':
      return [{ suffix: '', source: { cidrIpv4: '0.0.0.0/0' } }];
    case 'ranges':
      return admitted.cidrs.map((cidr) => ({ suffix: `_${cidr.replaceAll(/[^0-9A-Za-z]+/g, '_')}`, source: range(cidr) }));
    case 'group':
      return [{ suffix: '', source: { referencedSecurityGroupId: admitted.groupId } }];
  }
}

function range(cidr: string): Source {
  return cidr.includes(':') ? { cidrIpv6: cidr } : { cidrIpv4: cidr };
}
