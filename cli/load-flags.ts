import type { Basis, LoadInput } from '../analysis/capacity';
import type { SelectionRequest } from '../analysis/selection';
import { allAtOnce, isNumberOption, numberOption } from './numbers';
import type { ConstraintFlags, LoadFlags } from './planning-commands';
import { wrongSetting } from './planning-errors';

/** The load that options say; what they leave out is taken from another. */
export function loadFromFlags(flags: LoadFlags, otherwise?: LoadInput): LoadInput | undefined {
  const [given, set] = allAtOnce<[number | undefined, Readonly<Record<string, number>>]>(
    () => numberOption('users', flags.users),
    () => settings(flags.set ?? []),
  );
  const users = given ?? otherwise?.users;
  if (users === undefined) return undefined;
  const basis = (flags.basis ?? (flags.users === undefined ? otherwise?.basis : undefined)) as Basis | undefined;
  const roadmap = flags.roadmap ?? otherwise?.roadmap;
  const overrides = { ...otherwise?.overrides, ...set };
  return { users, overrides, ...(basis === undefined ? {} : { basis }), ...(roadmap === undefined ? {} : { roadmap }) };
}

/** `name=value` pairs. @throws `CLI_SETTING` */
function settings(given: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(allAtOnce<(readonly [string, number])[]>(...given.map((text) => () => setting(text))));
}

function setting(text: string): readonly [string, number] {
  const [, name, value] = /^([A-Za-z]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw wrongSetting(text);
  return [name, numberOption(`set ${name}`, value)];
}

/** The options without numbers that are none, so that the rest can be checked as well. */
export function readableFlags<T extends LoadFlags & ConstraintFlags>(flags: T): T {
  const set = flags.set?.filter((text) => isNumberOption(text.split('=')[1] ?? ''));
  return {
    ...flags,
    ...(isNumberOption(flags.users) ? {} : { users: '1' }),
    ...(isNumberOption(flags.availability) ? {} : { availability: undefined }),
    ...(set === undefined ? {} : { set }),
  };
}

/** The constraints that options say, as texts: the selector checks them, all at once. */
export function constraintsFromFlags({
  platform,
  budget,
  availability,
  region,
  residency,
  inference,
  model,
  survives,
}: ConstraintFlags): Omit<SelectionRequest, 'load'> {
  const availabilityPercent = numberOption('availability', availability);
  const given = { platform, budget, availabilityPercent, region, residency, inference, model, survives };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
