import type { Dated } from '../types';

/** A number of brokers that a managed Kafka cluster is sold with, and the sizes of a broker. */
export interface KafkaLayout extends Dated {
  readonly brokers: number;
  readonly sizes: readonly string[];
}

const options = { source: 'digitalocean/openapi, example of GET /v2/databases/options', asOf: '2026-08-07' };
const dedicated = ['gd-2vcpu-8gb', 'gd-4vcpu-16gb'];

/** What a managed Kafka cluster is sold as, the fewest brokers first. */
export const kafkaLayouts: readonly KafkaLayout[] = [
  { brokers: 3, sizes: [...dedicated, 'db-s-2vcpu-4gb', 'db-s-2vcpu-2gb'], ...options },
  { brokers: 6, sizes: dedicated, ...options },
  { brokers: 9, sizes: dedicated, ...options },
  { brokers: 15, sizes: dedicated, ...options },
];

/**
 * How clients reach a cluster: SASL over TLS, with a certificate that its own authority has signed. Public and private network have a port
 * each, of which the provider tells the public one alone. Source: DigitalOcean docs, Kafka, How to Connect, last edited 2025-06-17; the ports
 * as two public configurations of clients of it have them, read 2026-11-22.
 */
export const kafkaClients = { mechanism: 'SCRAM-SHA-256', publicPort: 25_073, privatePort: 25_080 } as const;
