import { readFileSync } from 'node:fs';
import { isScalar, parseDocument } from 'yaml';

/** The text of an environment file with another tier; everything else stays as it is written. */
export function withTier(file: string, tier: string): string {
  const text = readFileSync(file, 'utf8');
  const node = parseDocument(text).get('tier', true);
  const [from, to] = isScalar(node) && node.range ? node.range : [0, 0];
  return `${text.slice(0, from)}${tier}${text.slice(to)}`;
}
