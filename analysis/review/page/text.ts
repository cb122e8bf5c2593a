/** Longer names than this are no names; what is cut is said. */
const longestName = 400;

/** Characters that nobody sees or that turn the direction of writing: marks, fillers, joiners, and tags that spell out hidden text. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

/**
 * Text that may have come from anybody (names, reasons) without what could change a page or a terminal: control characters,
 * line breaks, escape sequences, what is not seen, and what a pipeline would carry out.
 */
export function clean(text: string): string {
  const plain = text
    .replace(/[\n\r\t\v\f\u2028\u2029]+/g, ' ')
    .replace(/\p{Cc}/gu, '\ufffd')
    .replace(unseen, '\ufffd')
    .replace(/[\ud800-\udfff]/gu, '\ufffd');
  return plain.length <= longestName * 10
    ? uncommanded(plain)
    : `${uncommanded(plain.slice(0, longestName * 10))}… (${plain.length} characters)`;
}

/** GitHub's runner carries out `##[command]` wherever it stands in a line of its log. */
function uncommanded(text: string): string {
  return text.replaceAll('##[', '##\ufffd[');
}

/** Lines of a log. GitHub's runner carries out `::command::` at the beginning of one, indented or not. */
export function logLine(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1:\u200b');
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
