import type { Block } from './schema';
import { objectOf, type Account } from './store';
import { error, type Diagnostic } from './diagnostics';
import { text, type ValueMap } from './values';

/** A data source that tiers read. */
export interface DataSource extends Block {
  /** What the API answers; a diagnostic where it has nothing. */
  readonly read: (account: Account, config: ValueMap) => ValueMap | Diagnostic;
}

/** Data sources of the provider that are served. Source: the schema of provider 2.71.0 and its Read function. */
export const dataSources: Readonly<Record<string, DataSource>> = {
  digitalocean_database_ca: {
    attributes: {
      id: { type: 'string', mode: 'OC' },
      cluster_id: { type: 'string', mode: 'R' },
      certificate: { type: 'string', mode: 'C' },
    },
    read: (account, config) => {
      const cluster = text(config, 'cluster_id');
      return objectOf(account, 'digitalocean_database_cluster', cluster) === undefined
        ? error(`Error retrieving database CA certificate: 404 The database cluster ${cluster} was not found.`)
        : { id: cluster, cluster_id: cluster, certificate: madeUp(cluster) };
    },
  },
};

/** Has the form of a certificate, and is none. */
function madeUp(cluster: string): string {
  return `-----BEGIN CERTIFICATE-----\n${Buffer.from(`made up for ${cluster}`).toString('base64')}\n-----END CERTIFICATE-----\n`;
}
