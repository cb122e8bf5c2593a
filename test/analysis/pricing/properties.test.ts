import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { graphFromPlan, graphFromSynthesis, resourceGraph } from '../../../analysis/graph';
import type { JsonObject, JsonValue, ResourceGraph } from '../../../analysis/graph';
import { estimate, estimateToJson, usageFigure } from '../../../analysis/pricing';
import type { Estimate, Usage } from '../../../analysis/pricing';
import { book } from './support';

const seed = { seed: 20261121, numRuns: 100 };

const sizes = ['s-1vcpu-512mb-10gb', 's-2vcpu-4gb', 's-8vcpu-16gb', 'm-4vcpu-32gb', 'gpu-l40sx1-48gb', 'no-such-size'];
const plans = ['db-s-1vcpu-1gb', 'db-s-1vcpu-2gb', 'db-s-4vcpu-8gb', 'no-such-plan'];

/** Every type that costs something of its own, with arguments that a person could write. */
const bodies: Readonly<Record<string, fc.Arbitrary<JsonObject>>> = {
  digitalocean_droplet: fc.record({ size: fc.constantFrom(...sizes), backups: fc.boolean(), count: fc.integer({ min: 0, max: 3 }) }),
  digitalocean_droplet_autoscale: fc.record({
    droplet_template: fc.record({ size: fc.constantFrom(...sizes) }).map((one) => [one]),
    config: fc.record({ min_instances: fc.integer({ min: 1, max: 3 }), max_instances: fc.integer({ min: 3, max: 9 }) }).map((one) => [one]),
  }),
  digitalocean_database_cluster: fc.record({
    engine: fc.constantFrom('pg', 'mysql', 'valkey', 'kafka'),
    size: fc.constantFrom(...plans),
    node_count: fc.integer({ min: 1, max: 3 }),
  }),
  digitalocean_loadbalancer: fc.record({
    type: fc.constantFrom('REGIONAL', 'REGIONAL_NETWORK', 'GLOBAL'),
    size_unit: fc.integer({ min: 1, max: 100 }),
  }),
  digitalocean_volume: fc.record({ size: fc.integer({ min: 1, max: 16_384 }) }),
  digitalocean_spaces_bucket: fc.constant({}),
  digitalocean_uptime_check: fc.constant({}),
  digitalocean_reserved_ip: fc.constant({}),
  digitalocean_kubernetes_node_pool: fc.record({ size: fc.constantFrom(...sizes), node_count: fc.integer({ min: 0, max: 20 }) }),
  digitalocean_container_registry: fc.record({ subscription_tier_slug: fc.constantFrom('starter', 'basic', 'professional') }),
  digitalocean_vpc: fc.constant({}),
  azurerm_virtual_machine: fc.constant({}),
};

interface Declared {
  readonly type: string;
  readonly body: JsonObject;
}

const declared: fc.Arbitrary<Declared> = fc
  .constantFrom(...Object.keys(bodies))
  .chain((type) => (bodies[type] as fc.Arbitrary<JsonObject>).map((body) => ({ type, body })));
const configuration = fc.array(declared, { maxLength: 12 });

/** Resources by type and a name from their position, so that a longer list only adds addresses. */
function graphOf(resources: readonly Declared[]): ResourceGraph {
  return graphFromSynthesis({ resource: resources.map(({ type, body }, index) => ({ [type]: { [`r${index}`]: body } })) });
}

function cost(resources: readonly Declared[], usage: Usage = {}): Estimate {
  return estimate(graphOf(resources), book, usage);
}

const figure = fc.tuple(fc.nat(1_000_000), fc.nat(1_000_000), fc.nat(1_000_000)).map((ends) => {
  const [low = 0, typical = 0, high = 0] = [...ends].sort((a, b) => a - b);
  return usageFigure(low, typical, high, 'given');
});
const usages: fc.Arbitrary<Usage> = fc
  .record({ egressGb: figure, objectStorageGb: figure, objectEgressGb: figure, requestsMillion: figure })
  .map((total) => ({ total }));

describe('properties of an estimate', () => {
  test('totals are the sums of the lines, in whole cents, and low <= typical <= high', () => {
    fc.assert(
      fc.property(configuration, usages, (resources, usage) => {
        const answer = cost(resources, usage);
        for (const end of ['low', 'monthly', 'high'] as const) {
          const cents = answer.lines.map((line) => BigInt(line[end].times(100).toFixed()));
          expect(answer[end].times(100).toFixed()).toBe(cents.reduce((total, one) => total + one, 0n).toString());
        }
        for (const line of [answer, ...answer.lines]) expect(line.low.lte(line.monthly) && line.monthly.lte(line.high)).toBe(true);
      }),
      seed,
    );
  });

  test('each line is its quantity times its price, half a cent up', () => {
    fc.assert(
      fc.property(configuration, usages, (resources, usage) => {
        for (const line of cost(resources, usage).lines) {
          const exact = new (Decimal.clone({ precision: 200 }))(line.price).times(line.quantity);
          expect(line.monthly.toFixed(2)).toBe(exact.toFixed(2, Decimal.ROUND_HALF_UP));
        }
      }),
      seed,
    );
  });

  test('without usage, one resource more never lowers the total', () => {
    fc.assert(
      fc.property(configuration, declared, (resources, more) => {
        expect(cost([...resources, more]).monthly.gte(cost(resources).monthly)).toBe(true);
      }),
      seed,
    );
  });

  test('apart from pools, the cost of all is the sum of the costs of each', () => {
    const apart = configuration.map((all) =>
      all.filter(
        ({ type }) => !['digitalocean_spaces_bucket', 'digitalocean_uptime_check', 'digitalocean_container_registry'].includes(type),
      ),
    );
    fc.assert(
      fc.property(apart, (resources) => {
        const each = resources.map((one) => cost([one]).monthly).reduce((total, one) => total.plus(one), new Decimal(0));
        expect(cost(resources).monthly.toFixed(2)).toBe(each.toFixed(2));
      }),
      seed,
    );
  });

  test('pools: buckets pay once, checks pay but for the first', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), (buckets, checks) => {
        const all = [
          ...Array.from({ length: buckets }, () => 'digitalocean_spaces_bucket'),
          ...Array.from({ length: checks }, () => 'digitalocean_uptime_check'),
        ];
        expect(cost(all.map((type) => ({ type, body: {} }))).monthly.toNumber()).toBe((buckets > 0 ? 5 : 0) + Math.max(0, checks - 1));
      }),
      seed,
    );
  });

  test('more usage never costs less', () => {
    fc.assert(
      fc.property(configuration, fc.nat(100_000), fc.nat(100_000), (resources, some, more) => {
        const at = (gb: number): Usage => ({
          total: { egressGb: usageFigure(gb, gb, gb, 'given'), objectStorageGb: usageFigure(gb, gb, gb, 'given') },
        });
        expect(cost(resources, at(some + more)).monthly.gte(cost(resources, at(some)).monthly)).toBe(true);
      }),
      seed,
    );
  });

  test('the order of resources changes nothing, and the same input gives the same bytes', () => {
    fc.assert(
      fc.property(configuration, usages, fc.integer(), (resources, usage, turn) => {
        const nodes = graphOf(resources).resources;
        const from = nodes.length === 0 ? 0 : Math.abs(turn) % nodes.length;
        const turned = resourceGraph([...nodes.slice(from), ...nodes.slice(0, from)].reverse());
        expect(JSON.stringify(estimateToJson(estimate(turned, book, usage)))).toBe(JSON.stringify(estimateToJson(cost(resources, usage))));
      }),
      seed,
    );
  });

  test('every resource is answered: a line, free, or unpriced', () => {
    fc.assert(
      fc.property(configuration, (resources) => {
        const graph = graphOf(resources);
        const answer = estimate(graph, book);
        const answered = new Set([...answer.lines, ...answer.free, ...answer.unpriced].map((one) => one.component));
        expect(graph.resources.filter((node) => !answered.has(node.component))).toEqual([]);
      }),
      seed,
    );
  });

  test('a plan of the same configuration costs the same', () => {
    fc.assert(
      fc.property(configuration, usages, (resources, usage) => {
        const synthesis = graphOf(resources);
        expect(estimateToJson(estimate(graphFromPlan(planOf(synthesis)), book, usage))).toEqual(
          estimateToJson(estimate(synthesis, book, usage)),
        );
      }),
      seed,
    );
  });

  test('odd values never throw and are never priced as if they were none', () => {
    const odd: fc.Arbitrary<JsonValue> = fc.oneof(
      fc.constantFrom(null, -1, 0.5, 1e300, '', '-0', 'NaN', '0x10', true, '${var.x}'),
      fc.constant([]),
      fc.constant({}),
    );
    const argument = fc.constantFrom(
      'size',
      'engine',
      'node_count',
      'backups',
      'size_unit',
      'type',
      'config',
      'droplet_template',
      'node_pool',
      'spec',
      'subscription_tier_slug',
      'min_nodes',
      'auto_scale',
      'count',
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(bodies)), fc.dictionary(argument, odd), (type, body) => {
        const answer = cost([{ type, body }]);
        for (const line of answer.lines) expect(line.monthly.isFinite() && !line.monthly.isNegative()).toBe(true);
      }),
      { ...seed, numRuns: 500 },
    );
  });
});

/** What Terraform would show for a graph whose values are all known: null for what is not set, unknown for what is computed. */
function planOf(graph: ResourceGraph): JsonObject {
  const provider = (type: string): string => `registry.terraform.io/x/${type.split('_', 1)[0]}`;
  return {
    format_version: '1.2',
    planned_values: {
      root_module: {
        resources: graph.resources.map((node) => ({
          address: node.address,
          mode: 'managed',
          type: node.type,
          name: node.name,
          provider_name: provider(node.type),
          values: { tags: null, ...node.values },
        })),
      },
    },
    resource_changes: graph.resources.map((node) => ({
      address: node.address,
      mode: 'managed',
      change: { actions: ['create'], before: null, after_unknown: { id: true, urn: true, volume_ids: true, storage_size_mib: true } },
    })),
    configuration: {
      root_module: {
        resources: graph.resources.map((node) => ({
          address: `${node.type}.${node.name}`,
          expressions: Object.fromEntries((node.configured ?? []).map((name) => [name, { constant_value: node.values[name] ?? null }])),
        })),
      },
    },
  };
}
