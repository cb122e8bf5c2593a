import { DropletAutoscale } from '@cdktf/provider-digitalocean/lib/droplet-autoscale';
import { SshKey } from '@cdktf/provider-digitalocean/lib/ssh-key';
import { Construct } from 'constructs';
import { createHash } from 'node:crypto';
import type { IServers } from '../servers';
import { terraformText } from '../template';
import type { ServerFirewall } from './server-firewall';
import type { Site } from './site';

export interface AutoscaledServersProps {
  readonly site: Site;
  /** Name of the pool, and beginning of its members' names. */
  readonly name: string;
  /** Tag that others admit the members by. */
  readonly tag: string;
  /** Slug of the size. */
  readonly size: string;
  /** Slug of the image. */
  readonly image: string;
  /** The bootstrap text that all members share. */
  readonly userData: string;
  readonly least: number;
  readonly most: number;
  /** The firewall of the tag: it is there before the first member. */
  readonly firewall: ServerFirewall;
}

/** Share of the CPUs in use that the pool keeps to: a member more is there before three quarters of the limit, at which to act, are passed. */
const targetCpuShare = 0.6;

/** Minutes between two changes of the pool's size. DigitalOcean allows 5 to 20 and takes 10 (digitalocean.md, section 5). */
const cooldownMinutes = 10;

/**
 * Equal droplets that come and go with the load. They hold nothing; releases reach them by the configuration channel.
 *
 * The template holds what a new member needs to begin: the newest key of the channel among it. When it changes, DigitalOcean
 * brings up members of the new template before it takes the old ones down, so it is not ignored as it is for single servers:
 * a pool whose template stays behind would one day grow by members that cannot read their release.
 */
export class AutoscaledServers extends Construct implements IServers {
  readonly tag: string;
  /** Nobody knows them in advance. */
  readonly privateAddresses: readonly string[] = [];

  constructor(scope: Construct, id: string, props: AutoscaledServersProps) {
    super(scope, id);
    this.tag = props.tag;
    const key = new SshKey(this, 'key', { name: props.name, publicKey: keyOfNobody(props.name) });
    new DropletAutoscale(this, 'Resource', {
      name: props.name,
      config: { minInstances: props.least, maxInstances: props.most, targetCpuUtilization: targetCpuShare, cooldownMinutes },
      dropletTemplate: {
        size: props.size,
        region: props.site.region,
        image: props.image,
        vpcUuid: props.site.vpcId,
        projectId: props.site.project.id,
        sshKeys: [key.id],
        tags: [props.tag, ...props.site.tags],
        // Without the agent nothing measures the members.
        withDropletAgent: true,
        userData: terraformText(props.userData),
      },
      dependsOn: [props.firewall.resource],
    });
  }
}

/**
 * A public key whose private half nobody has: its bytes are a digest. The API wants a key for a pool (provider 2.71.0,
 * `ssh_keys` is required), while administrators' keys reach servers by their release and go with it.
 */
export function keyOfNobody(name: string): string {
  const digest = createHash('sha256').update(`terrace: nobody holds the private half, ${name}`).digest();
  const blob = Buffer.concat([Buffer.from('ssh-ed25519'), digest].map(withLength));
  return `ssh-ed25519 ${blob.toString('base64')} nobody`;
}

/** One part of the wire form: four bytes of length and the bytes (RFC 4251, section 5). */
function withLength(part: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return Buffer.concat([length, part]);
}
