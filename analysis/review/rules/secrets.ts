import type { Condition } from './conditions';
import { visible } from './read';

/** What secrets look like: private keys, keys of clouds and services, and a password written out behind its name. */
const secretLooks: readonly RegExp[] = [
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bdop_v1_[0-9a-f]{64}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36}\b/,
  /\bsk-[A-Za-z0-9_-]{32,}\b/,
  /\b[\w-]*(?:password|passwd|secret|api_?key|token)\s*[=:]\s*["']?(?![$<{%"'\s])[^\s"'$<{}]{8,}/i,
];

/** Nothing in the visible text looks like a secret. An expression is not one: its value comes from elsewhere. */
export function holdsNoSecret(path: string): Condition {
  return (node) => !visible(node, path).some((text) => typeof text === 'string' && secretLooks.some((look) => look.test(text)));
}
