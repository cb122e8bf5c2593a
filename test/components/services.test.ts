import { mostPods } from '../../components/app-servers';
import type { ComponentOf } from '../../components/component';
import { roomOnNode, type ServiceNeeds } from '../../components/services';
import { componentTitle } from '../../components/title';
import { withServices } from '../../components/with-services';
import { chosen, tierOf } from '../../tiers/choices';
import { ladder } from '../../tiers';

const service = (vcpus: number, memoryGib: number, min: number, max: number): ServiceNeeds => ({ vcpus, memoryGib, pods: { min, max } });

const nodesOf = (id: 'tier5' | 'tier6', services: readonly ServiceNeeds[]) =>
  withServices(tierOf(id, {}).components, services).flatMap((each) => (each.kind === 'kubernetes-cluster' ? [each.nodes] : []))[0];

test('pods may ask for three quarters of a node', () => {
  expect(roomOnNode({ nodeVcpus: 4, nodeMemoryGib: 16 })).toEqual({ vcpus: 3, memoryGib: 12 });
});

test('services get nodes on top of those of the tier, by what is scarcer', () => {
  expect(nodesOf('tier5', [])).toEqual({ min: 3, max: 10 });
  // At most 60 x 0.5 vCPU for two clusters of nodes with 3; at least 15 x 0.5 in each.
  expect(nodesOf('tier5', [service(0.5, 1, 30, 60)])).toEqual({ min: 6, max: 15 });
  // At most 20 x 6 GiB for two clusters of nodes with 12; at least 2 x 6.
  expect(nodesOf('tier5', [service(0.1, 6, 2, 20)])).toEqual({ min: 4, max: 15 });
  // Both together, in three clusters of nodes with 6 vCPU and 24 GiB: 150 GiB, and at least 10 + 12 in each.
  expect(nodesOf('tier6', [service(0.5, 1, 30, 60), service(0.1, 6, 2, 15)])).toEqual({ min: 11, max: 63 });
});

test('their pods are clients of the poolers too, and a tier says of them how many there may be', () => {
  const [app] = withServices(tierOf('tier5', {}).components, [service(1, 1, 2, 12), service(1, 1, 2, 4)]).flatMap((each) =>
    each.kind === 'app-servers' ? [each as ComponentOf<'app-servers'>] : [],
  );
  expect(mostPods(app ?? { count: { fixed: 0 } })).toBe(36);
  expect(app === undefined ? '' : componentTitle(app)).toBe('10 to 20 pods, 3 vCPU, 4 GB each; beside them 4 to 16 of 2 services');
});

test('tiers without clusters have none of it, and none at all changes no tier', () => {
  for (const tier of ladder) expect(chosen(tier, { services: {} })).toEqual(chosen(tier, {}));
  for (const tier of ladder.slice(0, 4)) expect(chosen(tier, { services: { billing: service(1, 1, 2, 4) } })).toEqual(tier);
});
