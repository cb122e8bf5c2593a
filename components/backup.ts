import type { ComponentBase } from './component-base';

/** The private, versioned bucket for backups: of the database where it is our own, of dumps besides where the platform backs it up. */
export interface Backup extends ComponentBase {
  readonly kind: 'backup';
  /** Id of the database. */
  readonly database: string;
  /** How long a backup is kept, in days. */
  readonly retentionDays: number;
}
