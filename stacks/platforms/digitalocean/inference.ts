import { dropletSize, gpuImageSlug, gpuVendor } from '../../../catalog/digitalocean';
import { checkModelFits } from '../../../catalog/models';
import type { Component, ComponentOf } from '../../../components/component';
import { DataVolume } from '../../../constructs/digitalocean/data-volume';
import { PrivateBalancer } from '../../../constructs/digitalocean/private-balancer';
import type { OpenPort } from '../../../constructs/digitalocean/server-firewall';
import { inferencePort, type InferenceContainer } from '../../../constructs/server';
import { gbPerGib } from '../../../values/measure';
import { cardServer, modelServer } from '../models';
import { buildGpuNodes } from './clusters';
import { choiceOf, type GpuChoice } from './gpu';
import { raise, type MountedVolume } from './servers';
import { inferenceServerSize } from './sizes';
import { accountName, appTag, constructId, servingTag, type Workshop } from './workshop';

/** Where servers keep models: the cache outlives them. */
const modelsMount = '/var/lib/terrace/models';

/** Seconds until the first word of an answer that waits for others; the most that DigitalOcean's balancers allow. */
const longestAnswer = 600;

/** Memory of a GPU server that is left to its system, in GiB. Assumption. */
const systemGib = 8;

/** Servers of their own for a model on CPUs. Several share one private address. */
export function buildInference(shop: Workshop, inference: ComponentOf<'inference'>): void {
  const { host } = inference;
  if (host.placement === 'shared') return;
  const access = accessOf(shop, inference, host.count);
  const plan = { component: inference, count: host.count, size: inferenceServerSize(host), open: access.open };
  const group = raise(shop, plan, { inference: { ...modelServer(inference.model, inference.memoryLimitGib), listenAddress: '0.0.0.0' } });
  shop.parts.inference = { url: urlOf(access.address ?? group.privateAddresses[0] ?? '') };
}

/** A pool of GPU servers behind a private balancer, or what stands in for it where none is sold. */
export function buildGpuPool(shop: Workshop, pool: ComponentOf<'gpu-pool'>): void {
  if (shop.parts.clusters.length > 0) return buildGpuNodes(shop, pool);
  const choice = choiceOf(pool, shop.environment);
  if (choice.kind === 'api' || choice.kind === 'none') return;
  const access = accessOf(shop, pool, pool.count);
  const { slug } = choice.size;
  const group = raise(
    shop,
    {
      component: pool,
      count: pool.count,
      size: slug,
      ...(choice.kind === 'gpu' ? { image: gpuImageSlug(slug) } : {}),
      open: access.open,
      volumes: modelCaches(shop, pool),
    },
    { inference: { ...poolModel(pool, choice), listenAddress: '0.0.0.0' } },
  );
  shop.parts.inference = { url: urlOf(access.address ?? group.privateAddresses[0] ?? '') };
}

function urlOf(address: string): string {
  return `http://${address}:${inferencePort}/v1`;
}

interface Access {
  readonly open: readonly OpenPort[];
  /** Of the balancer, where there is one. */
  readonly address?: string;
}

/** One server is asked by the app itself; several stand behind a balancer, which leaves out those that fail. */
function accessOf(shop: Workshop, component: Pick<Component, 'id' | 'kind'>, count: number): Access {
  if (count === 1) return { open: [{ port: inferencePort, admit: { from: 'servers', tag: appTag(shop) } }] };
  const { site } = shop;
  const balancer = new PrivateBalancer(shop.stack, `${component.id}_balancer`, {
    site,
    name: `${site.prefix}-${component.id}`,
    targetTag: servingTag(shop, component),
    port: inferencePort,
    healthPath: '/health',
    idleSeconds: longestAnswer,
  });
  return { open: [{ port: inferencePort, admit: { from: 'balancers', ids: [balancer.id] } }], address: balancer.address };
}

/** One volume a server: a server that is made anew finds its model there. It can be downloaded again, so that it is no data. */
function modelCaches(shop: Workshop, pool: ComponentOf<'gpu-pool'>): readonly MountedVolume[] {
  const base = accountName(shop.site.prefix, shop.environment, pool);
  const sizeGib = Math.ceil(2 * modelGib(pool)) + 10;
  return Array.from({ length: pool.count }, (_, index) => {
    const name = `${base}-${index + 1}`;
    const volume = new DataVolume(shop.stack, `${constructId(shop.environment, pool)}_models_${index + 1}`, {
      site: shop.site,
      name,
      sizeGib,
      holdsData: false,
    });
    return { volume, mount: { name, mount: modelsMount } };
  });
}

/** Weights of the models, two of which lie beside each other while one is changed for another. */
function modelGib({ models, gpuMemoryGb }: ComponentOf<'gpu-pool'>): number {
  return models.reduce((sum, id) => sum + checkModelFits(id, gpuMemoryGb / gbPerGib).file.bytes / 2 ** 30, 0);
}

function poolModel(
  { models: [id = ''], gpuMemoryGb }: ComponentOf<'gpu-pool'>,
  choice: Extract<GpuChoice, { readonly size: unknown }>,
): InferenceContainer {
  const memoryGib = dropletSize(choice.size.slug).memoryGib - systemGib;
  return choice.kind === 'cpu' ? modelServer(id, memoryGib) : cardServer(id, gpuMemoryGb, memoryGib, gpuVendor(choice.size.slug));
}
