import { capacityOf, checkLoad } from '../../../analysis/capacity';
import { gitlabPlants } from '../../../analysis/capacity/gitlab';
import { gitlabConstants, referenceArchitectures } from '../../../catalog/gitlab/reference-architectures';

const sizes = gitlabPlants().map(({ architecture, plant }) => {
  const { headroom, binding } = capacityOf(plant, checkLoad({ users: architecture.users, basis: 'total', overrides: gitlabConstants }));
  return { ...architecture, carries: headroom * architecture.requestsPerSecond, binding: `${binding?.component} ${binding?.limit}` };
});

test('every size carries the requests that GitLab publishes for it', () => {
  for (const { carries, requestsPerSecond } of sizes) expect(carries).toBeGreaterThanOrEqual(requestsPerSecond);
});

test('the model puts the seven sizes in the published order', () => {
  const order = [...sizes].sort((a, b) => a.carries - b.carries).map(({ id }) => id);
  expect(order).toEqual(referenceArchitectures.map(({ id }) => id));
});

test('the smallest size that carries a published rate is the published one', () => {
  const chosen = referenceArchitectures.map(({ requestsPerSecond }) => sizes.find(({ carries }) => carries >= requestsPerSecond)?.id);
  expect(chosen).toEqual(referenceArchitectures.map(({ id }) => id));
});

test('requests/s that each carries, and what binds', () => {
  expect(sizes.map(({ id, carries, binding }) => `${id} ${carries.toFixed(1)} ${binding}`)).toEqual([
    '1k 22.7 app vCPU',
    '2k 50.0 app vCPU',
    '3k 62.5 database vCPU',
    '5k 125.0 database vCPU',
    '10k 250.0 database vCPU',
    '25k 500.0 app vCPU',
    '50k 1000.0 database vCPU',
  ]);
});
