import type { Platform } from '../platform';
import { builds, problems, warnings } from './builds';

/** AWS: tiers 1 to 6. The provider's bindings are loaded only when a stack is built. */
export const aws: Platform = {
  id: 'aws',
  builds,
  problems,
  warnings,
  build: (stack, environment, tier) => (require('./platform') as typeof import('./platform')).build(stack, environment, tier),
};
