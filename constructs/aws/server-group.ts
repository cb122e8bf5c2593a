import { Eip } from '@cdktf/provider-aws/lib/eip';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { Construct } from 'constructs';
import { terraformText } from '../template';
import type { Place } from './private-network';
import type { SecurityGroup } from './security-group';
import type { ServerRole } from './server-role';
import { startingFrom, type ServerImage } from './server-template';
import { keep } from '../keep';
import { named, type Site } from './site';

/** One server of a group. */
export interface ServerProps {
  /** Name in the account, and the server's own host name. */
  readonly name: string;
  /** Bootstrap text; constant for the server's life. What looks like a Terraform expression in it arrives literally. */
  readonly userData: string;
}

export interface ServerGroupProps {
  readonly site: Site;
  /** Name in the account of what all members share. */
  readonly name: string;
  /** Instance type. */
  readonly size: string;
  /** Whether the type earns CPU credits. */
  readonly burstable: boolean;
  readonly image: ServerImage;
  readonly servers: readonly ServerProps[];
  readonly firewall: SecurityGroup;
  readonly role: ServerRole;
  /** Whether the members answer the internet themselves: then they have addresses there. Others stand in private subnets. */
  readonly public: boolean;
  /** Size of the system's disk, in GiB. */
  readonly diskGib: number;
  /** Whether destroying a server would stop something that holds data. @default - false */
  readonly holdsData?: boolean;
}

/**
 * Equal EC2 instances, spread over the zones. What changes in life reaches them by the configuration channel; user data and
 * image would stop or replace a server when they change, so their changes are ignored.
 */
export class ServerGroup extends Construct {
  readonly privateAddresses: readonly string[];
  readonly ids: readonly string[];

  constructor(scope: Construct, id: string, props: ServerGroupProps) {
    super(scope, id);
    // An instance itself would read another image id back than the parameter it was given, and be replaced at each plan. The disk
    // stands here too: for one of the instance's own the provider asks which device is the root of an image that it has only by its parameter, and EC2 refuses.
    const image = new LaunchTemplate(this, 'image', {
      ...startingFrom(props.image, props.diskGib),
      description: 'The image and the system disk that new servers start with.',
      ...named(props.name),
    });
    const servers = props.servers.map((server, index) => this.server(index, server, image.id, props));
    this.ids = servers.map((server) => server.id);
    this.privateAddresses = servers.map((server) => server.privateIp);
  }

  private server(index: number, { name, userData }: ServerProps, imageId: string, props: ServerGroupProps): Instance {
    return new Instance(this, String(index + 1), {
      launchTemplate: { id: imageId, version: '$Default' },
      instanceType: props.size,
      // A server that may spend more credits than it has earned sends a bill that no estimate foresaw.
      ...(props.burstable ? { creditSpecification: { cpuCredits: 'standard' } } : {}),
      subnetId: place(props, index).subnetId,
      // The system is set up before an address of its own can be given to it.
      associatePublicIpAddress: props.public,
      vpcSecurityGroupIds: [props.firewall.groupId],
      iamInstanceProfile: props.role.profile,
      // Version 2 only, and one hop: no container, and no request that the app is tricked into, reads the role's key.
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      ebsOptimized: true,
      monitoring: false,
      disableApiTermination: props.holdsData === true && !props.site.disposable,
      userData: terraformText(userData),
      dependsOn: [...props.site.network.ways, ...props.firewall.ways],
      lifecycle: {
        ...(props.holdsData === true ? keep(props.site).lifecycle : {}),
        ignoreChanges: ['ami', 'user_data', 'launch_template'],
      },
      ...named(name),
    });
  }
}

/** Where a member stands: the zones in turn, the first member in the first. */
export function place({ site, public: exposed }: Pick<ServerGroupProps, 'site' | 'public'>, index: number): Place {
  const places = exposed ? site.network.public : site.network.private;
  const found = places[index % places.length];
  if (found === undefined) throw new RangeError('a network needs at least one zone');
  return found;
}

export interface ReservedAddressProps {
  readonly site: Site;
  readonly name: string;
  /** Id of the instance that it points to now. */
  readonly instanceId: string;
}

/** A public address that outlives the server behind it, so that a later server can take it over. */
export class ReservedAddress extends Construct {
  readonly address: string;

  constructor(scope: Construct, id: string, props: ReservedAddressProps) {
    super(scope, id);
    // Not by an association of its own: that is replaced when it moves, this changes in place.
    const reserved = new Eip(this, 'Resource', { domain: 'vpc', instance: props.instanceId, ...keep(props.site), ...named(props.name) });
    this.address = reserved.publicIp;
  }
}
