import { Droplet } from '@cdktf/provider-digitalocean/lib/droplet';
import { ReservedIp } from '@cdktf/provider-digitalocean/lib/reserved-ip';
import { Construct } from 'constructs';
import type { IEntry, IServers } from '../servers';
import { terraformText } from '../template';
import { numeric } from '../numeric';
import type { ServerFirewall } from './server-firewall';
import { keep } from '../keep';
import type { Site } from './site';

/** One server of a group. */
export interface ServerProps {
  /** Name in the account, and the server's own host name. */
  readonly name: string;
  /** Bootstrap text; constant for the server's life. What looks like a Terraform expression in it arrives literally. */
  readonly userData: string;
}

export interface ServerGroupProps {
  readonly site: Site;
  /** Tag that others admit the group by. */
  readonly tag: string;
  /** Slug of the size. */
  readonly size: string;
  /** Slug of the image. */
  readonly image: string;
  readonly servers: readonly ServerProps[];
  /** The firewall of the tag. Servers come after it and go before it: a firewall behind a balancer is made minutes after the tag. */
  readonly firewall: ServerFirewall;
  /** Whether destroying a server would stop something that holds data. @default - false */
  readonly holdsData?: boolean;
}

/**
 * Equal droplets. What changes in life reaches them by the configuration channel; user data, keys and image would replace a
 * server when they change, so their changes are ignored. Disks never grow by accident, because they could not shrink again.
 */
export class ServerGroup extends Construct implements IServers {
  readonly tag: string;
  readonly privateAddresses: readonly string[];
  readonly ids: readonly string[];

  constructor(scope: Construct, id: string, props: ServerGroupProps) {
    super(scope, id);
    this.tag = props.tag;
    const droplets = props.servers.map((server, index) => this.droplet(String(index + 1), server, props));
    this.ids = droplets.map((droplet) => droplet.id);
    this.privateAddresses = droplets.map((droplet) => droplet.ipv4AddressPrivate);
  }

  private droplet(id: string, server: ServerProps, props: ServerGroupProps): Droplet {
    const droplet = new Droplet(this, id, {
      name: server.name,
      region: props.site.region,
      size: props.size,
      image: props.image,
      vpcUuid: props.site.vpcId,
      monitoring: true,
      resizeDisk: false,
      gracefulShutdown: true,
      userData: terraformText(server.userData),
      tags: [this.tag, ...props.site.tags],
      dependsOn: [props.firewall.resource],
      lifecycle: { ...(props.holdsData === true ? keep(props.site).lifecycle : {}), ignoreChanges: ['user_data', 'ssh_keys', 'image'] },
    });
    props.site.project.add(droplet.urn);
    return droplet;
  }
}

export interface ReservedAddressProps {
  readonly site: Site;
  /** Id of the droplet that it points to now. */
  readonly dropletId: string;
}

/** A public address that outlives the server behind it, so that a later server can take it over. */
export class ReservedAddress extends Construct implements IEntry {
  readonly address: string;

  constructor(scope: Construct, id: string, props: ReservedAddressProps) {
    super(scope, id);
    const reserved = new ReservedIp(this, 'Resource', {
      region: props.site.region,
      dropletId: numeric(props.dropletId),
      ...keep(props.site),
    });
    props.site.project.add(reserved.urn);
    this.address = reserved.ipAddress;
  }
}
