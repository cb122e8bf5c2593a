/** A text, number or truth value out of JSON as a text; anything else is none, never "[object Object]". */
export function scalarText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
