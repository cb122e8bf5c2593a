import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { Eip } from '@cdktf/provider-aws/lib/eip';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route, type RouteConfig } from '@cdktf/provider-aws/lib/route';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import type { ITerraformDependable, TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { FlowRecords } from './flow-records';
import { putInRegion } from './in-region';
import { subnetRange, type SubnetKind } from './network-ranges';
import type { INetwork, Place } from './private-network';
import { named } from './site';

/**
 * How private subnets reach the internet: not at all; through one gateway, which is lost with its zone; or through one in each
 * zone, for the price of each.
 */
export type Nat = 'none' | 'one' | 'per-zone';

export interface NetworkProps {
  readonly name: string;
  readonly region: string;
  /** A /16 of private addresses. */
  readonly cidr: string;
  /** Ids of the zones, two to four: `use1-az1`. One may be added at the end; none may be taken out. */
  readonly zoneIds: readonly string[];
  readonly nat: Nat;
  /** Provider configuration of another region. @default - the stack's own */
  readonly provider?: TerraformProvider;
}

/** VPC, subnets of three kinds in each zone, routes, NAT, and a gateway to S3 that costs nothing and keeps its traffic off NAT. */
export class Network extends Construct implements INetwork {
  readonly vpcId: string;
  readonly cidr: string;
  readonly public: readonly Place[];
  readonly private: readonly Place[];
  readonly data: readonly Place[];
  readonly inner: readonly string[];
  readonly ways: ITerraformDependable[] = [];
  private readonly name: string;
  private readonly tables: RouteTable[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkProps,
  ) {
    super(scope, id);
    this.cidr = props.cidr;
    this.name = props.name;
    const vpc = new Vpc(this, 'Resource', {
      ...this.placed(),
      cidrBlock: props.cidr,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      ...named(props.name),
    });
    this.vpcId = vpc.id;
    putInRegion(new FlowRecords(this, 'flows', { name: `${props.name}-flows-${props.region}`, vpcId: vpc.id }), props.provider);
    // What names no group gets this one: it admits nothing and lets nothing out.
    new DefaultSecurityGroup(this, 'closed', { ...this.placed(), vpcId: vpc.id, ...named(`${props.name}-closed`) });
    const internet = new InternetGateway(this, 'internet', { ...this.placed(), vpcId: vpc.id, ...named(props.name) });
    const publicTable = this.table('public_routes');
    this.way('public_internet', { routeTableId: publicTable.id, gatewayId: internet.id });
    this.public = props.zoneIds.map((zoneId, zone) => this.subnet('public', zoneId, zone, publicTable));
    const gateways = this.gateways(internet);
    this.private = props.zoneIds.map((zoneId, zone) => this.subnet('private', zoneId, zone, this.privateTable(zone, gateways)));
    const dataTable = this.table('data_routes');
    this.data = props.zoneIds.map((zoneId, zone) => this.subnet('data', zoneId, zone, dataTable));
    this.inner = this.tables.slice(1).map(({ id: table }) => table);
    new VpcEndpoint(this, 's3', {
      ...this.placed(),
      vpcId: vpc.id,
      serviceName: `com.amazonaws.${props.region}.s3`,
      vpcEndpointType: 'Gateway',
      routeTableIds: this.tables.map(({ id: table }) => table),
      ...named(`${props.name}-s3`),
    });
  }

  private placed(): { readonly provider?: TerraformProvider } {
    return this.props.provider === undefined ? {} : { provider: this.props.provider };
  }

  private way(id: string, to: Pick<RouteConfig, 'routeTableId' | 'gatewayId' | 'natGatewayId'>): void {
    this.ways.push(new Route(this, id, { ...this.placed(), destinationCidrBlock: '0.0.0.0/0', ...to }));
  }

  private table(id: string): RouteTable {
    const table = new RouteTable(this, id, { ...this.placed(), vpcId: this.vpcId, ...named(`${this.name}-${id.replaceAll('_', '-')}`) });
    this.tables.push(table);
    return table;
  }

  private subnet(kind: SubnetKind, zoneId: string, zone: number, table: RouteTable): Place {
    const id = `${kind}_${zone + 1}`;
    const subnet = new Subnet(this, id, {
      ...this.placed(),
      vpcId: this.vpcId,
      availabilityZoneId: zoneId,
      cidrBlock: subnetRange(this.cidr, kind, zone),
      ...named(`${this.name}-${kind}-${zone + 1}`),
    });
    this.ways.push(new RouteTableAssociation(this, `${id}_table`, { ...this.placed(), subnetId: subnet.id, routeTableId: table.id }));
    return { subnetId: subnet.id, zone: subnet.availabilityZone };
  }

  /** NAT gateways by zone: none, the first for all, or one each. */
  private gateways(internet: InternetGateway): readonly NatGateway[] {
    const zones = { none: 0, one: 1, 'per-zone': this.props.zoneIds.length }[this.props.nat];
    return this.public.slice(0, zones).map(({ subnetId }, zone) => {
      const id = `nat_${zone + 1}`;
      const name = named(`${this.name}-nat-${zone + 1}`);
      const address = new Eip(this, `${id}_address`, { ...this.placed(), domain: 'vpc', ...name });
      return new NatGateway(this, id, { ...this.placed(), allocationId: address.id, subnetId, dependsOn: [internet], ...name });
    });
  }

  /** A table for each zone even where all share one gateway, so that a gateway of its own changes one route and nothing else. */
  private privateTable(zone: number, gateways: readonly NatGateway[]): RouteTable {
    const table = this.table(`private_routes_${zone + 1}`);
    const gateway = gateways[zone] ?? gateways[0];
    if (gateway !== undefined) this.way(`private_internet_${zone + 1}`, { routeTableId: table.id, natGatewayId: gateway.id });
    return table;
  }
}
