import type { ComponentBase } from './component';

/** The private, versioned bucket that takes the database's write-ahead log and base backups. */
export interface Backup extends ComponentBase {
  readonly kind: 'backup';
  /** Id of the database. */
  readonly database: string;
  /** How long a backup is kept, in days. */
  readonly retentionDays: number;
}
