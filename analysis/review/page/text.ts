/** Longer names than this are no names; what is cut is said. */
const longestName = 400;

/**
 * Text that may have come from anybody (names, reasons) without what could change a page or a terminal: control characters,
 * line breaks, escape sequences, and marks that turn the direction of writing.
 */
export function clean(text: string): string {
  // eslint-disable-next-line no-control-regex
  const plain = text.replace(/[\n\r\t\v\f\u2028\u2029]+/g, ' ').replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g, '\ufffd').replace(/[\ud800-\udfff]/gu, '\ufffd');
  return plain.length <= longestName * 10 ? plain : `${plain.slice(0, longestName * 10)}… (${plain.length} characters)`;
}

/** A name, such as an address, cut where it is no name any more. */
export function cleanName(name: string): string {
  const plain = clean(name);
  return plain.length <= longestName ? plain : `${plain.slice(0, longestName)}… (${plain.length} characters)`;
}

/** Texts with "and" before the last. */
export function listed(texts: readonly string[]): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} and ${last}`;
}
