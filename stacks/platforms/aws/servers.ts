import { ubuntuImage, type InstanceType } from '../../../catalog/aws';
import type { Component } from '../../../components/component';
import type { DataVolume } from '../../../constructs/aws/data-volume';
import type { Admitted } from '../../../constructs/aws/security-group';
import { ServerGroup } from '../../../constructs/aws/server-group';
import { ServerRole } from '../../../constructs/aws/server-role';
import { bootstrap, documentKey, releaseDocument, type GroupServer, type ReleaseInput } from '../../../constructs/server';
import { literals } from '../../../constructs/template';
import { isRecord } from '../../../values/record';
import { inNetwork, type Payload } from '../app-payload';
import { accountName, constructId, releaseName } from '../naming';
import { diskGib } from './sizes';
import { watchServers } from './watches';
import { firewallOf, type Workshop } from './workshop';

/** A TCP port that is opened, and what for. */
export interface OpenPort {
  readonly id: string;
  readonly port: number;
  readonly admit: Admitted;
}

/** What a group of servers is made of. */
export interface GroupPlan {
  readonly component: Pick<Component, 'id' | 'kind'>;
  readonly count: number;
  readonly type: InstanceType;
  readonly open: readonly OpenPort[];
  /** Whether its members answer the internet themselves. */
  readonly public: boolean;
  /** Volume of the first server, and where it is mounted. */
  readonly volume?: { readonly volume: DataVolume; readonly mount: string };
}

/** Makes firewall, role and servers of a group, and publishes what they run. */
export function raise(shop: Workshop, plan: GroupPlan, payload: Payload): ServerGroup {
  const { id } = plan.component;
  const firewall = firewallOf(shop, id);
  for (const { id: rule, port, admit } of [...plan.open, ...administration(shop)]) firewall.open(rule, port, admit);
  const names = serverNames(shop, plan);
  const group = new ServerGroup(shop.stack, constructId(shop.environment, plan.component), {
    site: shop.site,
    name: accountName(shop.site.prefix, shop.environment, plan.component),
    size: plan.type.type,
    burstable: plan.type.family === 'burstable',
    image: ubuntuImage(plan.type.architecture),
    firewall,
    role: roleOf(shop, plan.component),
    public: plan.public,
    diskGib: diskGib(payload.inference !== undefined),
    servers: names.map((name, index) => ({ name, userData: userData(shop, plan, name, index) })),
    holdsData: plan.volume !== undefined,
  });
  const first = group.ids[0];
  if (plan.volume !== undefined && first !== undefined) plan.volume.volume.attachTo(first);
  publish(
    shop,
    plan.component,
    names.map((name, index) => member(name, group.privateAddresses[index])),
    inNetwork(payload, group.privateAddresses[0]),
  );
  shop.parts.servers.set(id, group);
  shop.parts.watches.push(...watchServers(shop, plan.component, group));
  return group;
}

/** A role for each generation: what its servers read is their own. */
export function roleOf(shop: Workshop, component: GroupPlan['component']): ServerRole {
  const role = new ServerRole(shop.stack, `${constructId(shop.environment, component)}_role`, {
    name: accountName(shop.site.prefix, shop.environment, component),
  });
  shop.channel.admit(role, documentOf(shop, component));
  if (component.kind === 'app-servers' && shop.parts.appSecrets !== undefined) role.mayAskFor(shop.parts.appSecrets);
  return role;
}

/** Key of a group's release in the channel. */
export function documentOf(shop: Workshop, component: GroupPlan['component']): string {
  return documentKey(releaseName(shop.environment, component));
}

function serverNames(shop: Workshop, plan: GroupPlan): string[] {
  const base = accountName(shop.site.prefix, shop.environment, plan.component);
  return Array.from({ length: plan.count }, (_, index) => `${base}-${index + 1}`);
}

/** SSH from the ranges that the environment allows; closed when it allows none, which Session Manager makes the usual case. */
export function administration({ environment }: Workshop): OpenPort[] {
  const cidrs = environment.access.allowedCidrs;
  return cidrs.length === 0 ? [] : [{ id: 'ssh', port: 22, admit: { from: 'ranges', cidrs } }];
}

function userData(shop: Workshop, plan: GroupPlan, server: string, index: number): string {
  return bootstrap({
    server,
    group: plan.component.id,
    channel: shop.channel.for(documentOf(shop, plan.component)),
    ...(plan.volume !== undefined && index === 0 ? { volumes: [{ name: plan.volume.volume.device, mount: plan.volume.mount }] } : {}),
  });
}

/** Publishes what a group runs. Members of a group that grows and shrinks have no names, and need a lease. */
export function publish(
  shop: Workshop,
  component: GroupPlan['component'],
  servers: readonly GroupServer[],
  payload: Payload & Pick<ReleaseInput, 'lease' | 'distribution'>,
): void {
  const { environment, channel } = shop;
  const document = releaseDocument({
    environment: environment.name,
    group: component.id,
    servers,
    adminKeys: environment.access.sshKeys,
    ...payload,
  });
  // What the person wrote is marked as such, so that nothing in it is taken for a reference.
  const settings = isRecord(document['settings']) ? { settings: { ...document['settings'], ...literals(environment.app.settings) } } : {};
  channel.publish(releaseName(environment, component), documentOf(shop, component), {
    ...document,
    adminKeys: literals(environment.access.sshKeys),
    ...settings,
  });
}

function member(name: string, address: string | undefined) {
  return address === undefined ? { name } : { name, address };
}
