import { probedTypes } from './replacement.generated';

/** What a changed attribute does to an existing resource. */
export type Effect =
  | { readonly kind: 'replaces' }
  | { readonly kind: 'in-place' }
  /** Depends on the values; `when` says how. */
  | { readonly kind: 'conditional'; readonly when: string }
  /** Nobody has probed it. */
  | { readonly kind: 'unknown' };

/** How an attribute changes. */
export type Direction = 'added' | 'changed' | 'removed';

interface Lookups {
  readonly replaces: ReadonlySet<string>;
  readonly inPlace: ReadonlySet<string>;
  readonly hidden: ReadonlySet<string>;
  readonly conditional: Readonly<Record<string, string>>;
}

const lookups = new Map<string, Lookups>();

/** Arguments that no probe touched because they never replace. */
const harmless: ReadonlySet<string> = new Set(['tags', 'tags_all', 'timeouts']);

/**
 * What a change of an attribute does to an AWS resource of hashicorp/aws 5.100.0. What stands within a block of which
 * only the whole was probed has the verdict of the whole.
 * @param path without indices: `root_block_device.encrypted`
 */
export function awsEffect(type: string, path: string, direction: Direction): Effect {
  if (harmless.has(path.split('.', 1)[0] ?? '')) return { kind: 'in-place' };
  const table = lookupsOf(type);
  if (table === undefined) return { kind: 'unknown' };
  if (direction === 'removed' && table.hidden.has(path)) return { kind: 'in-place' };
  return (
    prefixes(path)
      .map((prefix) => judged(table, prefix))
      .find((effect) => effect !== undefined) ?? { kind: 'unknown' }
  );
}

/** Whether anything is known of this type. */
export function isProbed(type: string): boolean {
  return Object.hasOwn(probedTypes, type);
}

/** What follows from a change of this attribute that a plan does not tell. */
export function awsSideEffect(type: string, path: string): string | undefined {
  return Object.hasOwn(probedTypes, type) ? probedTypes[type]?.effects?.[path] : undefined;
}

function judged({ replaces, inPlace, conditional }: Lookups, path: string): Effect | undefined {
  if (replaces.has(path)) return { kind: 'replaces' };
  const when = Object.hasOwn(conditional, path) ? conditional[path] : undefined;
  if (when !== undefined) return { kind: 'conditional', when };
  return inPlace.has(path) ? { kind: 'in-place' } : undefined;
}

/** `a.b.c`, `a.b`, `a`. */
function prefixes(path: string): readonly string[] {
  const steps = path.split('.');
  return steps.map((_, index) => steps.slice(0, steps.length - index).join('.'));
}

function lookupsOf(type: string): Lookups | undefined {
  const known = lookups.get(type);
  const probed = Object.hasOwn(probedTypes, type) ? probedTypes[type] : undefined;
  if (known !== undefined || probed === undefined) return known;
  const made: Lookups = {
    replaces: names(probed.replaces),
    inPlace: names(probed.inPlace),
    hidden: names(probed.hidden ?? ''),
    conditional: probed.conditional ?? {},
  };
  lookups.set(type, made);
  return made;
}

function names(list: string): ReadonlySet<string> {
  return new Set(list.split(' ').filter((name) => name !== ''));
}
