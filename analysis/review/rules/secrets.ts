import type { Condition } from './conditions';
import { visible } from './read';

/** What secrets look like: private keys, keys of clouds and services, and a password written out behind its name. */
const secretLooks: readonly RegExp[] = [
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bdop_v1_[0-9a-f]{64}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36}\b/,
  /\bsk-[A-Za-z0-9_-]{32,}\b/,
  /\b[\w-]*(?:password|passwd|secret|api_?key|token)\s*[=:]\s*["']?(?=[^"'\n]*[\d!@#^&*+=-])(?![./])[\w/+.!@#^&*=-]{8,}["']?\s*[,;]?\s*$/im,
];

/** Nothing in the visible text looks like a secret. An expression is not one: its value comes from elsewhere. */
export function holdsNoSecret(path: string): Condition {
  return (node) =>
    !visible(node, path).some(
      (text) => typeof text === 'string' && [text, decoded(text)].some((each) => secretLooks.some((look) => look.test(each))),
    );
}

/** What a text in base64 says, which hides nothing; empty for any other text. */
function decoded(text: string): string {
  return /^[A-Za-z0-9+/\s]{16,}={0,2}\s*$/.test(text) ? attempt(text) : '';
}

function attempt(text: string): string {
  try {
    return atob(text.replaceAll(/\s/g, ''));
  } catch {
    return '';
  }
}
