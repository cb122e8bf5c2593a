import type { CdkTfJson } from '../../../../analysis/graph';

/** A configuration that may be changed. */
export type Draft = Record<string, unknown> & { resource: Record<string, Record<string, Record<string, unknown>>> };

/** One small edit of a configuration. */
export type Edit = (draft: Draft) => void;

/** An edit with what it is. */
export interface Case {
  readonly name: string;
  readonly base: string;
  readonly edit: Edit;
  /** Id that must be among the findings of a dangerous edit. */
  readonly finds?: string;
  /** Address that a finding must name. */
  readonly names?: string;
  /** Why no plan is made of it: Terraform refuses the configuration, or the state cannot show it. */
  readonly unplanned?: string;
}

/** Applies an edit to a copy. */
export function edited(json: CdkTfJson, edit: Edit): CdkTfJson {
  const draft = structuredClone(json) as unknown as Draft;
  edit(draft);
  return draft as unknown as CdkTfJson;
}

/** The type and the name of an address; a name that ends in `*` stands for the one that begins so. */
function actual(draft: Draft, address: string): readonly [string, string] {
  const [type = '', name = ''] = address.split('.');
  if (!name.endsWith('*')) return [type, name];
  return [type, Object.keys(draft.resource[type] ?? {}).find((one) => one.startsWith(name.slice(0, -1))) ?? name];
}

/** The body of a resource. @throws Error where the configuration has none of that address: the case would prove nothing */
export function body(draft: Draft, address: string): Record<string, unknown> {
  const [type, name] = actual(draft, address);
  const found = draft.resource[type]?.[name];
  if (found === undefined) throw new Error(`the configuration has no ${address}`);
  return found;
}

/** Sets an argument; a path goes into blocks and lists. */
export function set(address: string, path: string, value: unknown): Edit {
  return (draft) => {
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    const parent = steps.reduce<Record<string, unknown>>((at, step) => (at[step] ??= {}) as Record<string, unknown>, body(draft, address));
    parent[last] = value;
  };
}

/** Takes an argument out. @throws Error where it is not there */
export function unset(address: string, path: string): Edit {
  return (draft) => {
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    const parent = steps.reduce<Record<string, unknown>>((at, step) => at[step] as Record<string, unknown>, body(draft, address));
    if (!(last in parent)) throw new Error(`${address} has no ${path}`);
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete parent[last];
  };
}

/** Takes resources out, and what names them elsewhere is left to the next edit. */
export function drop(...addresses: readonly string[]): Edit {
  return (draft) => {
    for (const address of addresses) {
      body(draft, address);
      const [type, name] = actual(draft, address);
      delete draft.resource[type]?.[name];
    }
  };
}

/** Gives a resource another name and renames every reference. */
export function rename(address: string, name: string): Edit {
  return (draft) => {
    const [type = '', old = ''] = address.split('.');
    const text = JSON.stringify(draft).replaceAll(`${address}.`, `${type}.${name}.`).replaceAll(`"${address}"`, `"${type}.${name}"`);
    const renamed = JSON.parse(text) as Draft;
    renamed.resource[type] = Object.fromEntries(
      Object.entries(renamed.resource[type] ?? {}).map(([key, value]) => [key === old ? name : key, value]),
    );
    Object.assign(draft, renamed);
  };
}

/** Adds a resource. */
export function add(address: string, arguments_: Record<string, unknown>): Edit {
  return (draft) => {
    const [type = '', name = ''] = address.split('.');
    draft.resource[type] = { ...draft.resource[type], [name]: arguments_ };
  };
}

/** A `moved` block. */
export function moved(from: string, to: string): Edit {
  return (draft) => {
    draft['moved'] = [...((draft['moved'] as unknown[] | undefined) ?? []), { from, to }];
  };
}

/** A `removed` block. */
export function removed(from: string, destroy = false): Edit {
  return (draft) => {
    draft['removed'] = [...((draft['removed'] as unknown[] | undefined) ?? []), { from, lifecycle: { destroy } }];
  };
}

/** Replaces a text wherever it stands. */
export function everywhere(text: string, by: string): Edit {
  return (draft) => {
    const before = JSON.stringify(draft);
    if (!before.includes(text)) throw new Error(`nothing says ${text}`);
    Object.assign(draft, JSON.parse(before.replaceAll(text, by)) as Draft);
  };
}

/** Takes every mention of an address out of lists of texts. */
export function unmentioned(address: string): Edit {
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value))
      return value.filter((one) => !(typeof one === 'string' && (one.includes(`\${${address}.`) || one === address))).map(clean);
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, clean(one)]))
      : value;
  };
  return (draft) => void Object.assign(draft, clean(draft));
}

/** Several edits, one after the other. */
export function all(...edits: readonly Edit[]): Edit {
  return (draft) => edits.forEach((edit) => edit(draft));
}

/** A change by hand. */
export function by(change: (draft: Draft) => void): Edit {
  return change;
}
