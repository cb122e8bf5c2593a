const path = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const host = /^(?:localhost|(?=[^/]*[.:])[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?)$/;

/** The parts of an image reference, `[host/]path[:tag][@digest]`. */
export interface ImageReference {
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Splits a reference without judging it (grammar: distribution/reference, reference.go, 2024-11). */
export function splitImage(image: string): ImageReference {
  const [rest, digest] = cut(image, image.indexOf('@'));
  const [name, tag] = cut(rest, tagAt(rest));
  return { name, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

/** Why a text is no image reference; undefined when it is one. */
export function whyNotImage(image: string): string | undefined {
  const { name, tag, digest } = splitImage(image);
  if (image === '') return 'it is empty';
  if (/\s/.test(image)) return 'it holds a space';
  if (/^[a-z]+:\/\//i.test(image)) return 'leave out the scheme';
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) return 'the digest after @ is not sha256: and 64 hexadecimal digits';
  if (tag !== undefined && !/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(tag)) return 'the tag after : is empty or holds other characters';
  return whyNotName(name);
}

function whyNotName(name: string): string | undefined {
  if (name.length > 255) return `the name is ${name.length} characters long, more than 255`;
  const [first = '', ...others] = name.split('/');
  const paths = others.length > 0 && host.test(first) ? others : [first, ...others];
  const bad = paths.find((each) => !path.test(each));
  if (bad === undefined) return undefined;
  return bad !== bad.toLowerCase() ? `"${bad}" has capitals` : `"${bad}" is not a part of an image name`;
}

/** A colon after the last slash begins the tag; one before it belongs to the registry's port. */
function tagAt(name: string): number {
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? colon : -1;
}

function cut(text: string, at: number): [string, string?] {
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
