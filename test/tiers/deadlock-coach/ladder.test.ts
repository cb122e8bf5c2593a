import { memoryNeededGib, model } from '../../../catalog/models';
import { holdsData, type Component } from '../../../components/component';
import { componentTitle } from '../../../components/title';
import { ladder, tier } from '../../../tiers';
import { roadmap, statedTier } from '../../../tiers/roadmaps';
import type { Tier } from '../../../tiers/tier';

const each = ladder.map((one) => [one.id, one] as const);

test('the ladder has six tiers, each for ten times the users of the one below', () => {
  expect(ladder.map(({ id, dailyUsers }) => [id, dailyUsers])).toEqual([
    ['tier1', 10],
    ['tier2', 100],
    ['tier3', 1_000],
    ['tier4', 10_000],
    ['tier5', 100_000],
    ['tier6', 1_000_000],
  ]);
});

test('an unknown tier names the nearest', () => {
  expect(() => tier('teir3')).toThrow('There is no tier "teir3". Tiers: tier1, tier2, tier3, tier4, tier5, tier6. Did you mean "tier3"?');
});

describe.each(each)('%s', (_id, one) => {
  const stated = statedTier(one.roadmap, one.stated);
  const ids = one.components.map(({ id }) => id);

  test('is for the users that the document gives the tier', () => {
    expect(stated.users).toMatchObject({ from: one.dailyUsers, basis: 'daily-active' });
  });

  test('no two components share an id, and an id is one word of an address', () => {
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
  });

  test('every cost line of the document pays for one component', () => {
    expect(one.statedCosts.map(({ line }) => line).sort()).toEqual(stated.costLines.map(({ id }) => id).sort());
    for (const { component } of one.statedCosts) expect(ids).toContain(component);
  });

  test('deviations name a component and lines of the document', () => {
    const last = roadmap(one.roadmap).source.totalLines;
    for (const { component, lines } of one.deviations) {
      expect(ids).toContain(component);
      for (const line of lines.match(/\d+/g) ?? ['0']) expect(Number(line) >= 1 && Number(line) <= last).toBe(true);
    }
  });

  test('what refers to another component finds it', () => {
    for (const component of one.components) for (const id of referred(component)) expect(ids).toContain(id);
  });

  test('every component has a title, and what holds data is known', () => {
    for (const component of one.components) {
      expect(componentTitle(component)).not.toMatch(/undefined|NaN|\[object/);
      expect(typeof holdsData[component.kind]).toBe('boolean');
    }
  });

  test('models fit into the memory they may take, and what shares a server fits beside them', () => {
    for (const component of one.components) {
      if (component.kind !== 'inference') continue;
      expect(memoryNeededGib(model(component.model))).toBeLessThanOrEqual(component.memoryLimitGib);
      expect(taken(one, component.host.placement === 'own' ? undefined : component.host.server)).toBeLessThanOrEqual(
        available(one, component),
      );
    }
  });
});

/** GiB that the operating system, the app and the pooler need at least beside a model and a database. */
const forTheRest = 0.7;

function taken(one: Tier, server: string | undefined): number {
  const shares = one.components.map((component) => {
    if (component.kind === 'inference' && (component.host.placement === 'own' ? undefined : component.host.server) === server)
      return component.memoryLimitGib;
    if (component.kind === 'database' && component.hosting.hosting === 'server' && component.hosting.server === server)
      return component.hosting.memoryGib;
    return 0;
  });
  return shares.reduce((sum, share) => sum + share, forTheRest);
}

function available(one: Tier, inference: Extract<Component, { kind: 'inference' }>): number {
  if (inference.host.placement === 'own') return inference.host.memoryGib;
  const { server } = inference.host;
  return (
    one.components.flatMap((component) => (component.id === server && component.kind === 'app-servers' ? [component.memoryGib] : []))[0] ??
    0
  );
}

function referred(component: Component): readonly string[] {
  switch (component.kind) {
    case 'database':
      return component.hosting.hosting === 'server' ? [component.hosting.server] : [];
    case 'inference':
      return component.host.placement === 'shared' ? [component.host.server] : [];
    case 'load-balancer':
    case 'global-load-balancer':
    case 'dns':
      return [component.target];
    case 'read-replicas':
    case 'backup':
      return [component.database];
    case 'monitoring':
      return component.servers;
    default:
      return [];
  }
}

test('titles read as a person would say them', () => {
  expect(tier('tier3').components.map((component) => `${component.id}: ${componentTitle(component)}`)).toEqual([
    'network: private network and project',
    'configuration: private bucket that servers read their releases from',
    'load-balancer: load balancer with TLS, 1 node',
    'app: 2 servers, 4 vCPU, 8 GB each',
    'database: managed PostgreSQL 17, 2 nodes, 8 GB',
    'cache: managed Valkey 8, 1 node, 1 GB',
    'inference: llama-3.2-3b-instruct-q4 on 1 server, 16 vCPU, 32 GB',
    'frontend: static files in a bucket behind a CDN',
    'storage: bucket for screenshots and builds, versions kept 30 days',
    'backup: private bucket for backups, 14 days kept',
    'monitoring: alerts at 75 % and an uptime check',
    'dns: zone and records, 300 s',
  ]);
});
