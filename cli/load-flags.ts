import type { Basis, LoadInput } from '../analysis/capacity';
import type { SelectionRequest } from '../analysis/selection';
import { numberOption } from './numbers';
import type { ConstraintFlags, LoadFlags } from './planning-commands';
import { wrongSetting } from './planning-errors';

/** The load that options say; what they leave out is taken from another. */
export function loadFromFlags(flags: LoadFlags, otherwise?: LoadInput): LoadInput | undefined {
  const users = numberOption('users', flags.users) ?? otherwise?.users;
  if (users === undefined) return undefined;
  const basis = (flags.basis ?? (flags.users === undefined ? otherwise?.basis : undefined)) as Basis | undefined;
  const roadmap = flags.roadmap ?? otherwise?.roadmap;
  const overrides = { ...otherwise?.overrides, ...settings(flags.set ?? []) };
  return { users, overrides, ...(basis === undefined ? {} : { basis }), ...(roadmap === undefined ? {} : { roadmap }) };
}

/** `name=value` pairs. @throws `CLI_SETTING` */
function settings(given: readonly string[]): Readonly<Record<string, number>> {
  const pairs = given.map((text) => {
    const [, name, value] = /^([A-Za-z]+)=(.+)$/.exec(text) ?? [];
    if (name === undefined || value === undefined) throw wrongSetting(text);
    return [name, numberOption(`set ${name}`, value)] as const;
  });
  return Object.fromEntries(pairs);
}

/** The constraints that options say, as texts: the selector checks them, all at once. */
export function constraintsFromFlags({ platform, budget, availability, region, residency, inference, survives }: ConstraintFlags): Omit<SelectionRequest, 'load'> {
  const availabilityPercent = numberOption('availability', availability);
  const given = { platform, budget, availabilityPercent, region, residency, inference, survives };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
