import type { ResourceNode } from '../../../graph/types';
import { attributesOf, blocks, countOr, flag, text, textOr, why } from '../read';
import type { Block } from '../read';
import { type Count, countBetween, fixedCount, free, monthly, unpriced, whyRange } from '../results';
import type { CostComponent, Mapping, MappingResult, PoolShare, UnpricedPart } from '../types';
import { product } from './products';

/** An App Platform app: its services and workers by instance size, development databases and static sites. */
export const app: Mapping = { type: 'digitalocean_app', map };

interface Part {
  readonly components?: readonly CostComponent[];
  readonly unpriced?: readonly UnpricedPart[];
  readonly pools?: readonly PoolShare[];
}

function map(node: ResourceNode): MappingResult {
  const block = attributesOf(node);
  const [spec] = blocks(block, 'spec');
  if (spec === undefined) return unpriced(why(block, 'spec'));
  const parts = partsOf(spec);
  const components = parts.flatMap((part) => part.components ?? []);
  const missing = parts.flatMap((part) => part.unpriced ?? []);
  const pools = parts.flatMap((part) => part.pools ?? []);
  if (components.length + missing.length + pools.length === 0) return free('it runs nothing that is billed');
  return { kind: 'priced', components, unpriced: missing, pools };
}

function partsOf(spec: Block): readonly Part[] {
  return [
    ...blocks(spec, 'service').map((block) => instances(block, 'service')),
    ...blocks(spec, 'worker').map((block) => instances(block, 'worker')),
    ...blocks(spec, 'job').map((block) =>
      missing(nameOf(block, 'job'), 'a job is billed by the seconds it runs, which no resource states'),
    ),
    ...blocks(spec, 'function').map((block) =>
      missing(nameOf(block, 'function'), 'a function is billed by GB-seconds, which no resource states'),
    ),
    ...blocks(spec, 'database').map(database),
    ...blocks(spec, 'static_site').map((): Part => ({ pools: [{ pool: 'digitalocean/static-sites' }] })),
    ...blocks(spec, 'egress')
      .filter((block) => block.values['type'] === 'DEDICATED_IP')
      .map(() => missing('dedicated egress address', 'the price book has no price for it')),
  ];
}

function missing(name: string, reason: string): Part {
  return { unpriced: [{ name, reason }] };
}

function nameOf(block: Block, kind: string): string {
  return `${kind} ${text(block, 'name') ?? ''}`.trimEnd();
}

function instances(block: Block, kind: string): Part {
  const name = nameOf(block, kind);
  const slug = text(block, 'instance_size_slug');
  if (slug === undefined) return missing(name, why(block, 'instance_size_slug'));
  const [scaling] = blocks(block, 'autoscaling');
  const count = scaling === undefined ? fixedCount(block, 'instance_count', 1) : scaledCount(scaling);
  if (count === undefined)
    return missing(
      name,
      scaling === undefined ? why(block, 'instance_count') : whyRange(scaling, 'min_instance_count', 'max_instance_count'),
    );
  return { components: [{ ...monthly(`${name} ${slug}`, product('app-platform', slug)), ...count }] };
}

function scaledCount(scaling: Block): Count | undefined {
  return countBetween(countOr(scaling, 'min_instance_count', 1), countOr(scaling, 'max_instance_count', 1), 'instances');
}

/** A production database of an app is a managed cluster that is declared, and priced, elsewhere. */
function database(block: Block): Part {
  const production = flag(block, 'production');
  if (production === undefined) return missing(nameOf(block, 'database'), why(block, 'production'));
  if (production) return {};
  const engine = textOr(block, 'engine', 'PG');
  if (engine === undefined) return missing(nameOf(block, 'database'), why(block, 'engine'));
  return { components: [monthly(nameOf(block, 'development database'), product('app-platform', 'dev-database-512mb'))] };
}
