import { z } from 'zod';
import { literal, pattern, whole } from './fields';
import { asKebab, asUpperSnake, healthPath, kebab, rewritten, upperSnake } from './grammar/names';
import { whyNotSetting } from './grammar/text';

/** A name of words joined by hyphens; the length is a rule of its own so that editors know it too. */
export function kebabName(min: number, max: number): z.ZodString {
  const allowed = `${min} to ${max} lower-case letters, digits and single hyphens, a letter first`;
  const why = (value: string) =>
    value.length < min || value.length > max ? `it is ${value.length} characters long` : rewritten(value, asKebab, kebab);
  return pattern(allowed, kebab, why).min(min, { error: allowed }).max(max, { error: allowed });
}

/** A path as requests have it, plain characters only. */
export function pathField(): z.ZodString {
  return pattern('a path that begins with / and holds letters, digits, . _ ~ / - and escapes like %20 only', healthPath);
}

/** Where a program says that it can serve requests. */
export function healthPathField(): z.ZodDefault<z.ZodString> {
  return pathField().default('/healthz');
}

/** Where a program listens. */
export function portField(): z.ZodDefault<z.ZodNumber> {
  return whole('a whole number from 1 to 65535', 1, 65535).default(8080);
}

export function settingName() {
  return pattern('1 to 64 capitals, digits and _, a capital first', upperSnake, (value) => rewritten(value, asUpperSnake, upperSnake));
}

export function settingsRecord() {
  return z.record(settingName(), literal('a text, a number or a boolean; write "" for an empty one', whyNotSetting), {
    error: 'a mapping from a name to a value',
  });
}
