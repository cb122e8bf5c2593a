import { kafkaLayouts } from '../../catalog/digitalocean';
import { graphFromSynthesis } from '../../analysis/graph';
import { estimate, listBook } from '../../analysis/pricing';
import { checkEnvironment } from '../../environments/check';
import { tierOf } from '../../tiers/choices';
import { sampleEnvironment } from '../support/environments';

const checked = (events: object) => checkEnvironment({ ...sampleEnvironment({ tier: 'tier5' }), events });
const findings = (events: object) => {
  const result = checked(events);
  return 'findings' in result ? result.findings.map(({ code, message }) => [code, message]) : [];
};

test('three brokers keep events for three days, unless the file says otherwise', () => {
  expect(checked({ topics: { orders: 12 } })).toMatchObject({
    environment: { events: { brokers: 3, retentionHours: 72, topics: { orders: 12 } } },
  });
});

test('what no cluster can be is refused with what is allowed', () => {
  expect(findings({ brokers: 4, topics: { orders: 3 } })).toEqual([
    ['ENVIRONMENT_WRONG_VALUE', 'events.brokers is 4. Allowed: 3, 6, 9 or 15.'],
  ]);
  expect(findings({ retentionHours: 0, topics: { orders: 2 } })).toEqual([
    ['ENVIRONMENT_WRONG_VALUE', 'events.retentionHours is 0. Allowed: a whole number from 1 to 8760.'],
    ['ENVIRONMENT_WRONG_VALUE', 'events.topics.orders is 2. Allowed: a whole number of partitions from 3 to 2048.'],
  ]);
  expect(findings({ topics: {} })).toEqual([['ENVIRONMENT_WRONG_VALUE', 'events.topics is a mapping. Allowed: at least one topic.']]);
  expect(findings({ topics: { Orders_1: 3 } })).toHaveLength(1);
  expect(findings({}).map(([code]) => code)).toEqual(['ENVIRONMENT_MISSING_FIELD']);
});

test('it is a choice of tier 5 alone, and tier 6 keeps its own size', () => {
  const events = { brokers: 6, retentionHours: 24, topics: { orders: 12 } };
  const streams = (tier: string, choices: object) => tierOf(tier, choices).components.filter(({ kind }) => kind === 'event-stream');
  expect(streams('tier5', {})).toEqual([]);
  expect(streams('tier5', { events })).toEqual([{ id: 'events', kind: 'event-stream', ...events }]);
  expect(streams('tier4', { events })).toEqual([]);
  expect(streams('tier6', { events })).toEqual(streams('tier6', {}));
});

test('every size of a broker has the price of a third of three (DigitalOcean docs, Kafka Pricing, 2025-06-17)', () => {
  const cost = (size: string, brokers: number): string => {
    const resource = { digitalocean_database_cluster: { it: { engine: 'kafka', size, node_count: brokers } } };
    return estimate(graphFromSynthesis({ resource }), listBook()).monthly.toFixed(2);
  };
  const [three] = kafkaLayouts;
  expect(three?.sizes.map((size) => [size, cost(size, 3)])).toEqual([
    ['gd-2vcpu-8gb', '597.00'],
    ['gd-4vcpu-16gb', '1197.00'],
    ['db-s-2vcpu-4gb', '294.00'],
    ['db-s-2vcpu-2gb', '147.00'],
  ]);
  for (const { brokers, sizes } of kafkaLayouts.slice(1)) expect([brokers, sizes]).toEqual([brokers, three?.sizes.slice(0, 2)]);
});
