/** A whole number with its thousands apart: `12,345`. Not by locale, which would make the output depend on the machine. */
export function grouped(value: number | string): string {
  const digits = typeof value === 'number' ? value.toFixed(0) : value;
  return digits.replace(/\B(?=(?:\d{3})+$)/g, ',');
}
