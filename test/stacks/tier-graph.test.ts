import { join } from 'node:path';
import { loadOf, placesIn, usageOf } from '../../analysis/capacity';
import { type Estimate, estimate, listBook } from '../../analysis/pricing';
import { loadEnvironment } from '../../environments/load';
import { synthesize } from '../../stacks/synthesize';
import { graphOfClouds, graphOfTier } from '../../stacks/tier-graph';
import { scratch } from '../support/scratch';

function recorded(name: string) {
  return synthesize(loadEnvironment(`environments/examples/${name}.yaml`, { cwd: join(__dirname, '..', '..') }).environment, {
    project: scratch(),
    recordedOnly: true,
  }).recorded;
}

/** What an estimate has of providers that speak to clusters or to Cloudflare. */
function beside(of: Estimate): readonly string[] {
  return of.lines
    .filter(({ type }) => /^(helm|kubernetes|cloudflare)_/.test(type) || type === 'cloudflare')
    .map(({ component, address, name, monthly }) => `${component}  ${address.split('.')[1]}  ${name}  ${monthly.toFixed(2)}`);
}

test('tier 5 on DigitalOcean is paid for the volumes of both clusters: 24 for what watches, 6 for three models', () => {
  const stack = recorded('digitalocean-tier5');
  const [clouds, whole] = [graphOfClouds(stack), graphOfTier(stack)].map((graph) => estimate(graph, listBook()));
  expect(whole?.monthly.minus(clouds?.monthly ?? 0).toFixed(2)).toBe('30.00');
  expect(whole?.unpriced).toEqual([]);
  expect(whole === undefined ? [] : beside(whole)).toEqual([
    'inference  inference_ams3_pods_stateful_set  volume of 20 GiB, block storage  2.00',
    'inference  inference_tor1_pods_stateful_set  2 volumes of 20 GiB, block storage  4.00',
    'monitoring  monitoring_ams3_loki  volume of 50 GiB, block storage  5.00',
    'monitoring  monitoring_ams3_prometheus  volume of 50 GiB, block storage  5.00',
    'monitoring  monitoring_ams3_tempo  volume of 20 GiB, block storage  2.00',
    'monitoring  monitoring_tor1_loki  volume of 50 GiB, block storage  5.00',
    'monitoring  monitoring_tor1_prometheus  volume of 50 GiB, block storage  5.00',
    'monitoring  monitoring_tor1_tempo  volume of 20 GiB, block storage  2.00',
  ]);
});

test('tier 6 over two clouds is paid for volumes where each cluster is, and for what Cloudflare bills', () => {
  const stack = recorded('aws-tier6');
  const usage = usageOf(loadOf({ users: 1_000_000 }), placesIn(stack.tier, 'aws'));
  const whole = estimate(graphOfTier(stack), listBook(), usage);
  expect(beside(whole)).toEqual([
    'inference  inference_us-east-1_pods_stateful_set  4 volumes of 20 GiB, gp3  6.40',
    'inference  inference_us-west-2_pods_stateful_set  3 volumes of 20 GiB, gp3  4.80',
    'load-balancer  load-balancer_split  DNS queries  304.17',
    'load-balancer  load-balancer_split  load balancing with two origins  5.00',
    'monitoring  monitoring_us-east-1_loki  volume of 50 GiB, gp3  4.00',
    'monitoring  monitoring_us-east-1_prometheus  volume of 50 GiB, gp3  4.00',
    'monitoring  monitoring_us-east-1_tempo  volume of 20 GiB, gp3  1.60',
    'monitoring  monitoring_us-east4_loki  volume of 50 GiB, pd-ssd  9.35',
    'monitoring  monitoring_us-east4_prometheus  volume of 50 GiB, pd-ssd  9.35',
    'monitoring  monitoring_us-east4_tempo  volume of 20 GiB, pd-ssd  3.74',
    'monitoring  monitoring_us-west-2_loki  volume of 50 GiB, gp3  4.00',
    'monitoring  monitoring_us-west-2_prometheus  volume of 50 GiB, gp3  4.00',
    'monitoring  monitoring_us-west-2_tempo  volume of 20 GiB, gp3  1.60',
  ]);
  expect(whole.unpriced.filter(({ type }) => type === 'helm_release')).toEqual([
    {
      component: 'load-balancer',
      address: 'helm_release.load-balancer_us-east4_controller',
      type: 'helm_release',
      part: 'load balancer',
      reason: 'the cluster makes one for its service, of a kind that the chart does not state',
    },
  ]);
});
