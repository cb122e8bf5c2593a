/** Most characters of one setting: Linux gives a program at most 128 KiB in one variable (execve(2), MAX_ARG_STRLEN). */
const longestSetting = 32_768;

/** Why a text cannot be given to a program as an environment variable; undefined when it can. */
export function whyNotSetting(value: string): string | undefined {
  if (value.length > longestSetting) return `it is ${value.length} characters long, more than ${longestSetting}`;
  if (/[^\P{Cc}\n\t]/u.test(value)) return 'it holds a control character other than tab and line end';
  return /\p{Cs}/u.test(value) ? 'it holds half of a character (a lone surrogate)' : undefined;
}

/** Why a text is no monthly budget; undefined when it is one. */
export function whyNotBudget(value: string): string | undefined {
  if (value.startsWith('-')) return 'it is below 0';
  if (!/^[0-9]+(?:\.[0-9]*)?$/.test(value)) return 'write digits and a point only';
  if (!/^(?:0|[1-9][0-9]{0,8})(?:\.|$)/.test(value)) return 'it is above 999999999 or begins with 0';
  if (!/^[0-9]+(?:\.[0-9]{1,2})?$/.test(value)) return 'it has no decimals after the point, or more than two';
  return /[1-9]/.test(value) ? undefined : 'it is 0';
}
