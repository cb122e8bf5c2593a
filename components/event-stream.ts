import type { ComponentBase } from './component-base';

/** A durable, ordered log of events (Kafka protocol). */
export interface EventStream extends ComponentBase {
  readonly kind: 'event-stream';
  readonly brokers: number;
  readonly retentionHours: number;
  /** Topics that a deploy makes where the platform makes them, with the partitions of each. @default - the app makes its own */
  readonly topics?: Readonly<Record<string, number>>;
}
