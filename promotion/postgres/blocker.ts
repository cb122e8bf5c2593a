import type { Blocker } from '../types';

/** As a person calls the sides of a move. */
export type Side = 'old' | 'new';

/** What stands in the way of a move, and what to do about it. */
export function blocker(code: string, message: string, remedy: string): Blocker {
  return { code: `PROMOTION_${code}`, message: `${message} ${remedy}`, remedy };
}
