/**
 * Lower-case words joined by single hyphens. Common ground of DigitalOcean's resource names, bucket names (lower case,
 * digits, hyphens; `xn--` is reserved: docs.aws.amazon.com, Bucket naming rules, 2026-11) and Terraform identifiers.
 */
export const kebab = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** Names of environment variables, as POSIX shells and Docker Compose take them, in capitals. */
export const upperSnake = /^[A-Z][A-Z0-9_]{0,63}$/;

/** The nearest lower-case words joined by hyphens. */
export function asKebab(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** The nearest name of an environment variable in capitals. */
export function asUpperSnake(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_/, '');
}

/** What to write instead of a text that lacks a shape, where a simple change gives it the shape. */
export function rewritten(text: string, change: (text: string) => string, shape: RegExp): string | undefined {
  const better = change(text);
  return shape.test(text) || !shape.test(better) ? undefined : `write ${better}`;
}

/** A domain name of at least two labels (RFC 1035, 2.3.1 and RFC 1123, 2.1), lower case, without a trailing dot. */
export function whyNotDomain(domain: string): string | undefined {
  if (/^[a-z]+:\/\//i.test(domain)) return 'leave out the scheme and write the host alone';
  if (domain !== domain.toLowerCase()) return `write it in lower case: ${domain.toLowerCase()}`;
  if (domain.endsWith('.')) return `leave out the last dot: ${domain.replace(/\.+$/, '')}`;
  if (domain.length > 253) return `it is ${domain.length} characters long`;
  const labels = domain.split('.');
  if (labels.length < 2) return 'it has no dot';
  const bad = labels.find((label) => !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
  if (bad !== undefined) return bad === '' ? 'it has an empty label' : `"${bad}" is not a label of a host name`;
  return /^[0-9]+$/.test(labels.at(-1) ?? '') ? 'it is an address, or its last label is a number' : undefined;
}

/** The path of the health check: plain characters only, since it also stands in a Caddyfile and in shell scripts. */
export const healthPath = /^\/(?:[A-Za-z0-9._~/-]|%[0-9A-Fa-f]{2}){0,254}$/;

/** Characters of a DigitalOcean tag are letters, digits, `:`, `-`, `_`, 255 at most (API, tags, name; 2026-08-07). */
export const tagValue = /^[A-Za-z0-9_:-]{1,191}$/;

/** A bucket's name without dots, because a certificate for `*.host` does not cover `a.b.host`. */
export const bucketName = /^[a-z0-9](?:[a-z0-9-]{1,61}[a-z0-9])$/;
