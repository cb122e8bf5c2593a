import { planOf } from '../../../promotion/plan-of';
import type { PromotionPlan } from '../../../promotion/types';
import { changesBetween } from '../../../components/change';
import { bodiesOf, pairOf, sidesOf, type Target, transition } from '../../../stacks/transition';
import { tierOf } from '../../../tiers/choices';
import { keptEnvironment } from '../../support/sandbox';
import { scratch } from '../../support/scratch';
import { soak } from '../../support/soak';
import { Journey } from './journey';
import { onStage } from './on-stage';

const events = { brokers: 3, retentionHours: 48, topics: { orders: 12 } } as const;
const there = { region: 'tor1', regions: ['ams3'] };
const environment = keptEnvironment({
  tier: 'tier5',
  ...there,
  events,
  load: { dailyUsers: 100_000 },
  gpu: { spot: false, otherwise: 'cpu' },
});
const onAws = (to: Target['to']): Target => ({ to, platform: 'aws', region: 'us-east-1', regions: ['us-west-2'] });

describe('events on the way to another platform', () => {
  const plan = (to: Target['to']): PromotionPlan =>
    planOf(environment, { target: onAws(to), facts: {}, load: { users: 100_000, basis: 'daily' }, outdir: scratch() });

  test.each([
    ['tier5', 'event stream, 3 brokers, 48 h kept'],
    ['tier6', 'event stream, 3 brokers, 48 h kept becomes event stream, 12 brokers, 72 h kept'],
  ] as const)('are not copied to %s, which the plan says and asks a person to see to', (to, becomes) => {
    const { components, prerequisites } = plan(to);
    expect(components.find(({ id }) => id === 'events')).toMatchObject({
      verdict: 'move',
      why: `${becomes}, on aws: no event is copied, and the app writes to the new one; the old one is forgotten, not destroyed, for readers that are behind.`,
    });
    expect(prerequisites.filter(({ id }) => id.startsWith('events'))).toEqual([
      {
        id: 'events/events',
        what: 'Nobody misses the events that lie in the old event stream: a promotion copies none, nor the offsets of its readers.',
        state: 'check',
        remedy:
          'Let the readers finish before cutover, or copy topics and offsets from the old brokers to the new ones (MirrorMaker 2), which stand beside each other until then. The old ones stay until they are purged.',
      },
    ]);
  });

  test.each(['tier5', 'tier6'] as const)('stay where they are when the old side of %s is let go of, with what protects them', (to) => {
    const sides = sidesOf(environment, pairOf(environment, onAws(to)), scratch());
    const { json, leaving } = transition(sides, 'contracted');
    const kafka = leaving.forgotten.filter((address) => address.startsWith('digitalocean_') && address.includes('events_g1'));
    expect(kafka).toEqual([
      'digitalocean_database_cluster.events_g1',
      'digitalocean_database_firewall.events_g1_firewall',
      'digitalocean_database_kafka_topic.events_g1_topic_orders',
      'digitalocean_database_user.events_g1_user',
    ]);
    expect(leaving.deleted.filter((address) => /digitalocean_database_.*events_g1/.test(address))).toEqual([]);
    // What both sides read is there as long as both stand.
    for (const stage of ['expanded', 'switched'] as const)
      expect(Object.keys((transition(sides, stage).json['data'] ?? {}) as object)).toEqual(['digitalocean_database_ca']);
    expect(json['data']).toBeUndefined();
  });
});

test('an event stream is forgotten at the end of the way to tier 4, and stands until then', () => {
  const sides = sidesOf(environment, pairOf(environment, { to: 'tier4' }), scratch());
  const own = (addresses: readonly string[]) => addresses.filter((address) => /^digitalocean_database_.*events_g/.test(address));
  const { leaving } = transition(sides, 'contracted');
  expect([own(leaving.forgotten).length, own(leaving.deleted)]).toEqual([4, []]);
  for (const stage of ['expanded', 'switched'] as const) expect(own([...bodiesOf(transition(sides, stage).json).keys()])).toHaveLength(4);
});

test('an event stream that an environment chose on AWS grows in place at tier 6', () => {
  const components = (tier: string) => tierOf(tier, { events }).components.filter(({ kind }) => kind === 'event-stream');
  expect(changesBetween(components('tier5'), components('tier6')).map(({ verdict }) => verdict)).toEqual(['in-place']);
});

test('the record of events that nobody chose stands for no object, and is not among what goes', () => {
  const { events: _, ...without } = environment;
  const goes = (from: typeof environment): readonly string[] => {
    const { leaving } = transition(sidesOf(from, pairOf(from, { to: 'tier4' }), scratch()), 'contracted');
    return [...leaving.deleted, ...leaving.forgotten].filter((address) => address.startsWith('terraform_data.')).sort();
  };
  const [regions, shards, workloads] = ['digitalocean_regions', 'shards', 'workloads_ams3'].map(
    (list) => `terraform_data.recorded_${list}`,
  );
  expect(goes(without)).toEqual([regions, shards, workloads]);
  expect(goes(environment)).toEqual([regions, 'terraform_data.recorded_events', shards, workloads]);
});

/** On the stand-in: no account, no cloud. */
describe('by real Terraform on the stand-in', () => {
  const only = (addresses: readonly string[] = []) => addresses.filter((address) => /^digitalocean_database_.*events_g/.test(address));

  onStage('tier 4 to tier 5 makes it beside what runs, and goes back without it', async (place) => {
    const journey = new Journey(place, { from: 'tier4', to: 'tier5', more: { ...there, events } });
    await place.apply(journey.environment);
    const began = place.addresses();
    const { create } = await journey.apply('expand');
    expect(only(create)).toEqual([
      'digitalocean_database_cluster.events_g1',
      'digitalocean_database_firewall.events_g1_firewall',
      'digitalocean_database_kafka_topic.events_g1_topic_orders',
      'digitalocean_database_user.events_g1_user',
    ]);
    expect(began.filter((address) => !place.addresses().includes(address))).toEqual([]);
    await journey.apply('rollback');
    expect(place.addresses()).toEqual(began);
  });

  // What it forgets is seen in the configuration above for every change.
  if (soak)
    onStage('tier 5 to tier 4 forgets it and destroys nothing of it', async (place) => {
      const journey = new Journey(place, { from: 'tier5', to: 'tier4', more: { ...there, events } });
      await place.apply(journey.environment);
      for (const phase of journey.phases) {
        const done = await journey.apply(phase);
        expect([phase, only(done['delete'])]).toEqual([phase, []]);
        if (phase === 'contract') expect(only(done['forget'])).toHaveLength(4);
      }
      expect(await journey.plain(journey.target)).toEqual({});
    });
});
