import type { Dated } from '../types';

/** The share of a month in which one instance of something answers. */
export interface Availability extends Dated {
  readonly share: number;
  readonly note?: string;
}

const promised = { source: 'DigitalOcean, Service Level Agreement, as quoted in a public set of contract sentences', asOf: '2023' };
const recalled = { source: 'recalled from the Service Level Agreement, not read again: verify before relying on it', asOf: '2025' };

/** What DigitalOcean promises. A promise is what is paid back, not what is measured. */
export const promisedAvailability = {
  droplet: { share: 0.9999, ...promised },
  volume: { share: 0.9999, ...promised },
  loadBalancer: { share: 0.9999, source: 'seeds.md, section 2, row 27', asOf: '2026-11-21' },
  databaseWithStandby: { share: 0.9995, source: 'seeds.md, section 2, row 27', asOf: '2026-11-21' },
  databaseAlone: { share: 0.995, ...recalled },
  spaces: { share: 0.999, ...recalled },
} as const satisfies Record<string, Availability>;

/** What a server loses beside its platform: forty minutes a month for restarts after updates and a release that fails. */
export const operatedServer: Availability = { share: 0.999, source: 'assumption: forty minutes a month', asOf: '2026-11-21' };
