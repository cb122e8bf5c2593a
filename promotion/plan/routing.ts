import type { Component } from '../../components/component';
import type { PlanInput } from './input';

/** What points to the new side. */
export function routed({ from, to, changes }: PlanInput): string {
  const exposed = (tier: PlanInput['to']) => tier.components.flatMap((each) => (each.kind === 'app-servers' ? [each.exposure] : []))[0];
  const before = exposed(from);
  if (exposed(to) === 'direct')
    return before === 'direct'
      ? 'The reserved address points to the new server.'
      : 'The domain points to the reserved address of the new server.';
  if (before === 'direct') return 'The domain points to the balancer.';
  const another = changes.some(({ verdict, before: had, after }) => verdict === 'move' && isBalancer(had) && isBalancer(after));
  return another ? 'The domain points to the new balancer.' : 'The balancer sends requests to the new servers.';
}

function isBalancer(component: Component | undefined): boolean {
  return component?.kind === 'load-balancer' || component?.kind === 'global-load-balancer';
}

/** What those meet who still reach the old servers. */
export function meanwhile({ platform, environment, to, from }: PlanInput): string {
  if (platform !== environment.platform)
    return 'Who still has the old address reaches the old servers, which write to the new bucket at once, and to the new database only where it lets them in.';
  const [before, after] = [from, to].map(({ components }) => components.some(({ kind }) => kind === 'sharded-database'));
  return before === after
    ? 'Clients reach either side meanwhile, and both use the same data.'
    : 'Who still reaches the old servers gets errors where they write, until the change has reached everybody.';
}
