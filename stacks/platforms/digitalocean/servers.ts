import type { Component } from '../../../components/component';
import type { DataVolume } from '../../../constructs/digitalocean/data-volume';
import { ServerFirewall, type OpenPort } from '../../../constructs/digitalocean/server-firewall';
import { ServerGroup } from '../../../constructs/digitalocean/server-group';
import {
  bootstrap,
  documentKey,
  type GroupServer,
  releaseDocument,
  type ReleaseInput,
  type ServerVolume,
} from '../../../constructs/server';
import { isRecord } from '../../../values/record';
import { imageSlug } from './image';
import { literals } from '../../../constructs/template';
import type { Environment } from '../../../environments/schema';
import { inNetwork } from '../app-payload';
import { accountName, constructId, lastingPrefix, releaseName, servingSite, tagOf, type Workshop } from './workshop';

/** What a group of servers is made of. */
export interface GroupPlan {
  readonly component: Pick<Component, 'id' | 'kind'>;
  readonly count: number;
  /** Slug of the droplet size. */
  readonly size: string;
  readonly open: readonly OpenPort[];
  /** Slug of the image. @default - the one that bootstrap texts are written for */
  readonly image?: string;
  /** Volumes of the servers, in their order, and where each is mounted. @default - none */
  readonly volumes?: readonly MountedVolume[];
  /** Whether destroying a server would stop something that holds data. @default - false */
  readonly holdsData?: boolean;
}

/** A volume, and where its server mounts it. */
export interface MountedVolume {
  readonly volume: DataVolume;
  readonly mount: ServerVolume;
}

/** What the servers run; the rest of the release follows from the group and the environment. */
export type Payload = Pick<ReleaseInput, 'app' | 'registry' | 'entrance' | 'pooler' | 'postgres' | 'inference' | 'lease'>;

/** Makes tag, firewall and servers of a group, and publishes what they run. */
export function raise(shop: Workshop, plan: GroupPlan, payload: Payload): ServerGroup {
  const { id } = plan.component;
  const tag = tagOf(shop, id);
  const firewall = new ServerFirewall(shop.stack, `${id}_firewall`, {
    name: `${lastingPrefix(shop.environment, shop.tier)}-${id}`,
    tag,
    open: [...plan.open, ...administration(shop)],
  });
  const names = serverNames(shop, plan);
  const group = new ServerGroup(shop.stack, constructId(shop.environment, plan.component), {
    site: servingSite(shop, plan.component),
    tag,
    size: plan.size,
    image: plan.image ?? imageSlug,
    firewall,
    servers: names.map((name, index) => ({ name, userData: userData(shop, plan, name, index) })),
    holdsData: plan.holdsData ?? false,
  });
  group.ids.forEach((id, index) => plan.volumes?.[index]?.volume.attachTo(id));
  publish(
    shop,
    plan.component,
    names.map((name, index) => member(name, group.privateAddresses[index])),
    inNetwork(payload, group.privateAddresses[0]),
  );
  shop.parts.servers.set(id, group);
  shop.parts.serverNames.push(...names);
  return group;
}

function serverNames(shop: Workshop, plan: GroupPlan): string[] {
  const base = accountName(shop.site.prefix, shop.environment, plan.component);
  return Array.from({ length: plan.count }, (_, index) => `${base}-${index + 1}`);
}

/** SSH, from the ranges that the environment allows; closed when it allows none. */
export function administration(shop: Workshop): OpenPort[] {
  const cidrs = shop.environment.access.allowedCidrs;
  return cidrs.length === 0 ? [] : [{ port: 22, admit: { from: 'ranges', cidrs } }];
}

function userData(shop: Workshop, plan: GroupPlan, server: string, index: number): string {
  const group = plan.component.id;
  const volume = plan.volumes?.[index];
  return bootstrap({
    server,
    group,
    channel: shop.channel.for(documentKey(releaseName(shop.environment, plan.component))),
    ...(volume === undefined ? {} : { volumes: [volume.mount] }),
  });
}

/** Publishes what a group runs. @param servers in the order of their turns; none where nobody can name them */
export function publish(shop: Workshop, group: GroupPlan['component'], servers: readonly GroupServer[], payload: Payload): void {
  const { environment, channel } = shop;
  const release = releaseName(environment, group);
  const document = releaseDocument({
    environment: environment.name,
    group: group.id,
    servers,
    adminKeys: environment.access.sshKeys,
    channelKeys: { newest: channel.newestKey, valid: environment.channelKeys },
    ...payload,
  });
  // What the person wrote is marked as such, so that nothing in it is taken for a reference.
  channel.publish(release, documentKey(release), {
    ...document,
    adminKeys: literals(environment.access.sshKeys),
    ...ownSettings(document, environment),
  });
}

function member(name: string, address: string | undefined): GroupServer {
  return address === undefined ? { name } : { name, address };
}

/** A server group without the app has no settings. */
function ownSettings({ settings }: { readonly settings?: unknown }, { app }: Environment) {
  return isRecord(settings) ? { settings: { ...settings, ...literals(app.settings) } } : {};
}
