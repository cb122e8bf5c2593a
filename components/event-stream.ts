import type { ComponentBase } from './component-base';

/** A durable, ordered log of events (Kafka protocol). */
export interface EventStream extends ComponentBase {
  readonly kind: 'event-stream';
  readonly brokers: number;
  readonly retentionHours: number;
}
