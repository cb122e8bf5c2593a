import type { Blocker } from '../types';

/** What stands in the way of a move, and what to do about it. */
export function blocker(code: string, message: string, remedy: string): Blocker {
  return { code: `PROMOTION_${code}`, message: `${message} ${remedy}`, remedy };
}
