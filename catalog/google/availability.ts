import type { Availability } from '../digitalocean';

/** What Google promises of a month, recalled from its service level agreements, not read. */
const recalled = { source: 'Google Cloud, service level agreements (cloud.google.com/terms/sla), recalled', asOf: '2026-11-22' };

export const googleAvailability = {
  alloydb: { share: 0.9999, ...recalled },
  spanner: { share: 0.9999, ...recalled },
} as const satisfies Record<string, Availability>;
