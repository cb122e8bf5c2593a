import { nearest } from '../../values/nearest';
import { choiceUnknown } from './errors';

/** One of several words that an option allows. @throws TerraceError CLI_CHOICE_UNKNOWN */
export function choiceOf<T extends string>(option: string, given: string | undefined, allowed: readonly T[], fallback: T): T {
  if (given === undefined) return fallback;
  const found = allowed.find((one) => one === given);
  if (found === undefined) throw choiceUnknown(option, given, allowed, nearest(given, allowed));
  return found;
}
