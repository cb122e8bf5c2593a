import type { ComponentBase } from './component-base';

/**
 * Days for which a record of who did what is kept: twelve months (PCI DSS 4.0, requirement 10.5.1, read in its public summary,
 * recalled 2026-11-22).
 */
export const auditDays = 365;

/** The record of who did what in the accounts of an environment, kept where those whom it speaks of cannot change it. */
export interface AuditLog extends ComponentBase {
  readonly kind: 'audit-log';
  /** Days for which nothing of it can be deleted. */
  readonly retentionDays: number;
}
