import { gpuImage, instanceType, ubuntuImage } from '../../../catalog/aws';
import type { ComponentOf } from '../../../components/component';
import { AutoscaledServers } from '../../../constructs/aws/autoscaled-servers';
import { GpuPool, type GpuPoolProps } from '../../../constructs/aws/gpu-pool';
import { PrivateBalancer } from '../../../constructs/aws/private-balancer';
import { Turns } from '../../../constructs/aws/turns';
import { bootstrap, inferencePort, type Distribution } from '../../../constructs/server';
import { appPayload } from '../app-payload';
import { cardServer, modelServer } from '../models';
import { accountName, component, constructId } from '../naming';
import { zoneCount } from './builds';
import { choiceOf, leastMemoryGib, type GpuChoice } from './gpu';
import { administration, documentOf, publish, raise, roleOf, type GroupPlan, type OpenPort } from './servers';
import { diskGib, poolServerType } from './sizes';
import { watchGroup, watchTargets } from './watches';
import { firewallOf, type Workshop } from './workshop';

/** Seconds until the first word of an answer that waits for others. */
const longestAnswer = 600;

/** Disk of a GPU server, in GiB: the image with its drivers takes 75, two models lie beside each other while one is changed. */
const gpuDiskGib = 120;

/** Of `gpuImage`. */
const distribution: Distribution = 'amazon-linux';

/** App servers that come and go with the load, behind the balancer. */
export function buildAppPool(
  shop: Workshop,
  app: ComponentOf<'app-servers'>,
  bounds: { readonly min: number; readonly max: number },
  open: readonly OpenPort[],
): void {
  const { stack, environment, site, parts } = shop;
  if (parts.balancer === undefined) throw new Error('a group that grows and shrinks needs a balancer before it');
  const type = poolServerType(site.region, app);
  const group = new AutoscaledServers(stack, constructId(environment, app), {
    ...member(shop, app, open),
    size: type.type,
    image: ubuntuImage(type.architecture),
    userData: bootstrap({ group: app.id, channel: shop.channel.for(documentOf(shop, app)) }),
    least: bounds.min,
    most: bounds.max,
    diskGib: diskGib(false),
    targetGroupArn: parts.balancer.targetGroupArn,
  });
  publish(shop, app, [], { ...appPayload(shop, app), lease: turnsOf(shop, app, bounds.min) });
  parts.watches.push(...watchGroup(shop, app, group.groupName));
}

/** Servers with GPUs behind a private balancer, or what stands in for them where none is sold. */
export function buildGpuPool(shop: Workshop, pool: ComponentOf<'gpu-pool'>): void {
  // In a cluster they are nodes of it.
  if (component(shop.tier, 'kubernetes-cluster') !== undefined) return;
  const choice = choiceOf(pool, shop.environment, { region: shop.site.region, zones: zoneCount(shop.tier) });
  if (choice.kind === 'api' || choice.kind === 'none') return;
  const balancer = new PrivateBalancer(shop.stack, `${pool.id}_balancer`, {
    site: shop.site,
    name: `${shop.site.prefix}-${pool.id}-balancer`,
    port: inferencePort,
    healthPath: '/health',
    idleSeconds: longestAnswer,
    trusted: { app: firewallOf(shop, component(shop.tier, 'app-servers')?.id ?? 'app').groupId },
  });
  shop.parts.watches.push(watchTargets(pool, balancer));
  const open: OpenPort[] = [{ id: 'balancer', port: inferencePort, admit: { from: 'group', groupId: balancer.groupId } }];
  if (choice.kind === 'gpu') onCards(shop, pool, choice, balancer, open);
  else onCpus(shop, pool, choice.type, balancer, open);
  shop.parts.inference = { url: `http://${balancer.address}:${inferencePort}/v1` };
}

function onCards(
  shop: Workshop,
  pool: ComponentOf<'gpu-pool'>,
  { types, zones }: Extract<GpuChoice, { readonly kind: 'gpu' }>,
  balancer: PrivateBalancer,
  open: readonly OpenPort[],
): void {
  const { stack, environment, site } = shop;
  const group = new GpuPool(stack, constructId(environment, pool), {
    ...member(shop, pool, open),
    types,
    places: site.network.private.filter((_, zone) => zones.includes(shop.zoneIds[zone] ?? '')),
    count: pool.count,
    spot: environment.gpu?.spot ?? false,
    image: gpuImage(),
    userData: bootstrap({ group: pool.id, channel: shop.channel.for(documentOf(shop, pool)), distribution }),
    diskGib: environment.gpu?.diskGib ?? gpuDiskGib,
    ...optionsOf(environment),
    targetGroupArn: balancer.targetGroupArn,
  });
  const inference = { ...cardServer(pool.models[0] ?? '', pool.gpuMemoryGb, leastMemoryGib(types)), listenAddress: '0.0.0.0' };
  publish(shop, pool, [], { distribution, inference, lease: turnsOf(shop, pool, pool.count) });
  for (const [index, name] of group.groupNames.entries())
    shop.parts.watches.push(...watchGroup(shop, pool, name, index === 0 ? '' : '_fallback'));
}

function optionsOf({ gpu }: Workshop['environment']): Pick<GpuPoolProps, 'warm' | 'reservation'> {
  const { warm = 0, reservation } = gpu ?? {};
  if (reservation === undefined) return { warm };
  return { warm, reservation: reservation === 'new' ? reservation : { id: reservation } };
}

function onCpus(
  shop: Workshop,
  pool: ComponentOf<'gpu-pool'>,
  typeName: string,
  balancer: PrivateBalancer,
  open: readonly OpenPort[],
): void {
  const type = instanceType(typeName);
  const plan: GroupPlan = { component: pool, count: pool.count, type, open, public: false };
  const group = raise(shop, plan, { inference: { ...modelServer(pool.models[0] ?? '', type.memoryGib - 8), listenAddress: '0.0.0.0' } });
  group.ids.forEach((instance, index) => balancer.attach(String(index + 1), instance));
}

/** What members of every such group have in common. */
function member(shop: Workshop, each: GroupPlan['component'], open: readonly OpenPort[]) {
  const { site, environment } = shop;
  const firewall = firewallOf(shop, each.id);
  for (const { id, port, admit } of [...open, ...administration(shop)]) firewall.open(id, port, admit);
  const name = accountName(site.prefix, environment, each);
  return {
    site,
    name,
    firewall,
    role: roleOf(shop, each),
    tags: { Name: name, terrace: 'yes', environment: environment.name, ...environment.tags },
  };
}

/** Where members take turns with a release: beside the channel, a part of how releases reach servers, whoever they are. A third of the fewest at once. */
function turnsOf(shop: Workshop, each: GroupPlan['component'], least: number) {
  const id = `${component(shop.tier, 'configuration')?.id ?? 'configuration'}_turns_${each.id}`;
  return new Turns(shop.stack, id, { site: shop.site, group: each.id, atOnce: Math.max(1, Math.floor(least / 3)) }).lease;
}
