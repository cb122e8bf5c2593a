import type { Problem } from '../../values/errors';
import type { Retired } from '../retired';

/** What is known when a purge is asked for. */
export interface PurgeAsked {
  readonly environment: string;
  readonly list: readonly Retired[];
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** The promotion's phase; undefined where none is under way. */
  readonly phase: string | undefined;
  /** Why nobody has restored a backup and looked at it; none where somebody has, or a drill. */
  readonly backupDoubts: readonly string[];
  /** The name that was given to confirm; undefined where a person will be asked. */
  readonly confirm: string | undefined;
  /** Type and id of everything in the environment's state. */
  readonly live: readonly { readonly address: string; readonly type: string; readonly id: unknown }[];
}

/** What may go by its date. */
export function dueOf(list: readonly Retired[], today: string): readonly Retired[] {
  return list.filter(({ keepUntil }) => keepUntil <= today);
}

/** Everything that forbids a purge, each with what to do about it. */
export function purgeBlockers(asked: PurgeAsked): readonly Problem[] {
  const { environment, list, today, phase, backupDoubts, confirm, live } = asked;
  const due = dueOf(list, today);
  const first = list.map(({ keepUntil }) => keepUntil).sort()[0];
  if (first === undefined) return [problem('NOTHING', 'Nothing is left standing of an earlier promotion.')];
  return [
    ...(due.length === 0
      ? [
          problem(
            'TOO_EARLY',
            `What is left standing is kept until ${first}; today is ${today}. Wait, or delete it at the provider yourself.`,
          ),
        ]
      : []),
    ...(phase === undefined
      ? []
      : [
          problem(
            'UNDER_WAY',
            `${environment} is being promoted, in phase ${phase}: finish that first, because what was left standing may be the way back.`,
          ),
        ]),
    ...(backupDoubts.length === 0
      ? []
      : [
          problem(
            'BACKUP',
            `No backup was verified: ${backupDoubts.join('; ')}. Let a drill do it (terrace drill ${environment} --settings FILE), or vouch for it yourself: --backup-verified.`,
          ),
        ]),
    ...(confirm === undefined || confirm === environment
      ? []
      : [problem('NAME', `--confirm is "${confirm}". Allowed: the environment's name, ${environment}.`)]),
    ...due
      .filter(isWithoutProvider)
      .map(({ address }) =>
        problem('PROVIDER', `The list does not say what made it. Delete it at the provider, and take it out of the list.`, address),
      ),
    ...due.flatMap((each) =>
      (inUse(each, live) ?? []).map((address) =>
        problem(
          'IN_USE',
          `${address} of the environment is this very object (${each.id ?? ''}). Take it out of the list: it is in use.`,
          each.address,
        ),
      ),
    ),
  ];
}

function isWithoutProvider({ provider }: Retired): boolean {
  return provider === undefined || provider.name === '';
}

function inUse({ type, id }: Retired, live: PurgeAsked['live']): readonly string[] | undefined {
  return id === null || type === 'terraform_data'
    ? undefined
    : live.filter((each) => each.type === type && String(each.id) === id).map(({ address }) => address);
}

function problem(code: string, message: string, where?: string): Problem {
  return { code: `PURGE_${code}`, message, ...(where === undefined ? {} : { where }) };
}
