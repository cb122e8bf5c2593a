import type { Limit } from '../digitalocean';

const performance = { source: 'Google, Spanner performance overview (cloud.google.com/spanner/docs/performance)', asOf: '2026-11-22' };

/** What Google says that one node of Spanner does in a regional configuration. */
export const spannerLimits = {
  readsPerNode: { value: 22_500, unit: 'queries/s', note: 'single rows of 1 KB, and no writes beside', ...performance },
  writesPerNode: { value: 3_500, unit: 'queries/s', note: 'single rows of 1 KB, and no reads beside', ...performance },
  storageTbPerNode: {
    value: 4,
    unit: 'TB',
    note: '10 in select configurations',
    source: 'Google, Spanner compute capacity (cloud.google.com/spanner/docs/compute-capacity)',
    asOf: '2026-11-22',
  },
  cpuShare: {
    value: 0.65,
    unit: 'of a node',
    note: 'the most that high-priority work should take in one region',
    source: 'Google, Spanner, Alerts for high CPU utilization (recalled)',
    asOf: '2026-11-22',
  },
} as const satisfies Record<string, Limit>;
