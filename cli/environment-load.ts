import { loadOf, type Load, type LoadInput } from '../analysis/capacity';
import type { Environment } from '../environments/schema';

/** The part of an environment that says how much it must carry. */
export type Loaded = Pick<Environment, 'load'> & Partial<Pick<Environment, 'roadmap' | 'platform'>>;

/** What an environment file says of its load, as the load model takes it. */
export function loadInput({ roadmap, load }: Loaded): LoadInput {
  const { dailyUsers, growthPerMonth: _growth, ...overrides } = load;
  return { users: dailyUsers, basis: 'daily', overrides, ...(roadmap === undefined ? {} : { roadmap }) };
}

/** The load of an environment. */
export function environmentLoad(environment: Loaded): Load {
  return loadOf(loadInput(environment));
}
