import type { Mapping } from '../types';

/** An uptime check: a share in the account's checks, of which the first is free. */
export const uptimeCheck: Mapping = {
  type: 'digitalocean_uptime_check',
  map: () => ({ kind: 'priced', components: [], pools: [{ pool: 'digitalocean/uptime-checks' }] }),
};
