import { forPerson } from '../../values/errors';

/** What a promotion exits with: 0 done, 10 waiting for somebody, 20 refused by a guard, 30 may be tried again, 40 needs a person. */
export const EXIT = { done: 0, waiting: 10, refused: 20, again: 30, person: 40 } as const;

const CODES: Readonly<Record<string, number>> = {
  PROMOTION_BLOCKED: EXIT.refused,
  PROMOTION_LOCKED: EXIT.refused,
  PROMOTION_SCHEMA_DIFFERS: EXIT.refused,
  PROMOTION_NOT_YET: EXIT.refused,
  PROMOTION_ONE_WAY: EXIT.refused,
  PROMOTION_STOPPED: EXIT.refused,
  PROMOTION_NOT_DEPLOYED: EXIT.refused,
  CLI_NOT_CONFIRMED: EXIT.refused,
  CLI_REFUSED: EXIT.refused,
  PROMOTION_SOURCE: EXIT.again,
  CLI_STACK_OVERWRITTEN: EXIT.again,
  TERRAFORM_FAILED: EXIT.again,
  TERRAFORM_INTERRUPTED: EXIT.again,
  TERRAFORM_KILLED: EXIT.again,
  PROMOTION_SERVER_REFUSED: EXIT.again,
  PROMOTION_UNREACHABLE: EXIT.again,
  PROMOTION_TOOK_TOO_LONG: EXIT.again,
  PROMOTION_WINDOW_EXCEEDED: EXIT.again,
  PROMOTION_UNSETTLED: EXIT.again,
  PROMOTION_OBJECT_REFUSED: EXIT.again,
  PROMOTION_DUMP_GIVEN_UP: EXIT.again,
  PROMOTION_NOT_SETTLED: EXIT.person,
  PROMOTION_MOVED_BACK: EXIT.person,
  PROMOTION_STALLED: EXIT.person,
  PROMOTION_SLOT_LOST: EXIT.person,
  PROMOTION_SLOT_FULL: EXIT.person,
  PROMOTION_FAILED_OVER: EXIT.person,
  PROMOTION_CONTENTS_DIFFER: EXIT.person,
  PROMOTION_INVARIANT: EXIT.person,
};

/** How Terraform says that somebody else is at work, or was killed at it; source: its own text, 1.11. */
const LOCKED = 'Error acquiring the state lock';

/** What to exit with for an error; a fault of ours needs a person. */
export function exitCodeOf(error: unknown): number {
  const known = forPerson(error);
  if (known?.problems.some(({ message }) => message.startsWith(LOCKED)) === true) return EXIT.again;
  return known === undefined ? EXIT.person : (CODES[known.code] ?? (known.exitCode === 2 ? 2 : EXIT.person));
}
