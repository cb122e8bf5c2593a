import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { Fn, TerraformLocal } from 'cdktf';
import type { Construct } from 'constructs';
import { terraformText } from '../template';
import type { SecurityGroup } from './security-group';
import type { ServerRole } from './server-role';
import { named } from './site';

/** An image by a public parameter of Systems Manager, which is resolved when a server starts. */
export interface ServerImage {
  /** Name of the parameter: `/aws/service/canonical/...`. */
  readonly name: string;
  /** Device of the system's disk: `/dev/sda1`. */
  readonly rootDevice: string;
}

/** What a launch template says of image and system disk. */
export function startingFrom({ name, rootDevice }: ServerImage, diskGib: number) {
  return {
    imageId: `resolve:ssm:${name}`,
    blockDeviceMappings: [
      { deviceName: rootDevice, ebs: { volumeType: 'gp3', volumeSize: diskGib, encrypted: 'true', deleteOnTermination: 'true' } },
    ],
  };
}

export interface ServerTemplateProps {
  readonly name: string;
  /** Instance type. @default - the group that uses it names several */
  readonly size?: string;
  readonly image: ServerImage;
  readonly userData: string;
  readonly firewall: SecurityGroup;
  readonly role: ServerRole;
  readonly diskGib: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Id of a capacity reservation that members take their places from. @default - none */
  readonly reservationId?: string;
}

/** What members of a group that grows and shrinks start from, and its newest version. */
export interface ServerTemplate {
  readonly id: string;
  readonly version: string;
}

/** A launch template: image, disk, role, firewall and bootstrap text. Members that run keep what they started with. */
export function serverTemplate(scope: Construct, id: string, props: ServerTemplateProps): ServerTemplate {
  // A text of its own: as an argument of a function its quotes would end it.
  const text = new TerraformLocal(scope, `${id}_text`, terraformText(props.userData));
  const template = new LaunchTemplate(scope, id, {
    name: props.name,
    ...startingFrom(props.image, props.diskGib),
    ...(props.size === undefined ? {} : { instanceType: props.size }),
    userData: Fn.base64encode(text.asString),
    vpcSecurityGroupIds: [props.firewall.groupId],
    iamInstanceProfile: { name: props.role.profile },
    // Version 2 only, and one hop: no container, and no request that the app is tricked into, reads the role's key.
    metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
    ebsOptimized: 'true',
    monitoring: { enabled: false },
    ...(props.reservationId === undefined
      ? {}
      : { capacityReservationSpecification: { capacityReservationTarget: { capacityReservationId: props.reservationId } } }),
    tagSpecifications: ['instance', 'volume'].map((resourceType) => ({ resourceType, tags: { ...props.tags } })),
    updateDefaultVersion: true,
    ...named(props.name),
  });
  return { id: template.id, version: `\${${template.fqn}.latest_version}` };
}
