import type { CdkTfJson, JsonObject, JsonValue } from '../graph';
import { bodies, isList, isObject, objectAt, textAt } from '../graph/json';
import type { Waiver } from './types';

/** `moved { from, to }`. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** `removed { from }`: whether Terraform destroys it, or forgets it. */
export interface Removal {
  readonly from: string;
  readonly destroy: boolean;
}

/** A waiver as it stands in the configuration, which may lack a part. */
export type WrittenWaiver = { readonly [K in keyof Waiver]?: string };

/** What a configuration says beside its resources. */
export interface ConfigurationFacts {
  readonly moves: readonly Move[];
  readonly removals: readonly Removal[];
  readonly waivers: readonly WrittenWaiver[];
  /** Where its state lies, as one text that is equal for the same place; undefined where nothing is said. */
  readonly backend: string | undefined;
  /** What each module call says, as one text that is equal for the same call. */
  readonly modules: Readonly<Record<string, string>>;
  /** Whether the stack is of a tier that the environment is not at: it refuses to be deployed. */
  readonly locked: boolean;
}

/** The variable whose validation refuses a tier that the environment is not at; `approvalVariable` in stacks/locks.ts. */
export const lockVariable = 'tier_change_approved';

/** Reads what a configuration says beside its resources. */
export function factsOf(json: CdkTfJson): ConfigurationFacts {
  return {
    moves: bodies(json['moved']).flatMap((block) => move(address(block, 'from'), address(block, 'to'))),
    removals: bodies(json['removed']).flatMap(removal),
    waivers: waiversIn(json),
    backend: backendOf(json),
    modules: Object.fromEntries(
      bodies(json['module']).flatMap((group) =>
        Object.entries(group).map(([name, body]) => [`module.${name}`, JSON.stringify(sorted(body))]),
      ),
    ),
    locked: bodies(json['variable']).some((group) => lockVariable in group),
  };
}

/** In JSON an address may stand bare or as a template. */
function address(block: JsonObject, key: string): string | undefined {
  return textAt(block, key)?.replace(/^\$\{\s*(.*?)\s*\}$/, '$1');
}

function move(from: string | undefined, to: string | undefined): readonly Move[] {
  return from === undefined || to === undefined ? [] : [{ from, to }];
}

/** Without a word about it Terraform destroys what a `removed` block names. */
function removal(block: JsonObject): readonly Removal[] {
  const from = address(block, 'from');
  const kept = bodies(block['lifecycle']).some((lifecycle) => lifecycle['destroy'] === false || lifecycle['destroy'] === 'false');
  return from === undefined ? [] : [{ from, destroy: !kept }];
}

/** Waivers stand in the comment of the stack with their address, or in the comment of the resource of which they speak. */
function waiversIn(json: CdkTfJson): readonly WrittenWaiver[] {
  const own = waiversOf(json['//']);
  const ofResources = bodies(json['resource']).flatMap((types) =>
    Object.entries(types).flatMap(([type, group]) =>
      bodies(group).flatMap((names) =>
        Object.entries(names).flatMap(([name, body]) =>
          bodies(body).flatMap((one) => waiversOf(one['//']).map((waiver) => ({ address: `${type}.${name}`, ...waiver }))),
        ),
      ),
    ),
  );
  return [...own, ...ofResources];
}

function waiversOf(comment: JsonValue | undefined): readonly WrittenWaiver[] {
  const written = isObject(comment) ? comment['waivers'] : undefined;
  return isList(written) ? written.filter(isObject).map(waiverOf) : [];
}

function waiverOf(written: JsonObject): WrittenWaiver {
  const keys = ['id', 'address', 'reason', 'owner', 'until'] as const;
  return Object.fromEntries(keys.flatMap((key) => (textAt(written, key) === undefined ? [] : [[key, textAt(written, key)]])));
}

function backendOf(json: CdkTfJson): string | undefined {
  const backends = bodies(json['terraform']).flatMap((one) => bodies(one['backend']));
  const [backend] = backends;
  return backend === undefined ? undefined : JSON.stringify(sorted(backend));
}

function sorted(value: JsonValue): JsonValue {
  if (isList(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] ?? null)]),
  );
}

/** The provider requirements of a configuration: local name to source. */
export function providerSources(json: CdkTfJson): Readonly<Record<string, string>> {
  const required = bodies(json['terraform']).map((one) => objectAt(one, 'required_providers'));
  return Object.fromEntries(
    required.flatMap((group) =>
      Object.entries(group).flatMap(([name, body]) => (textAt(body, 'source') === undefined ? [] : [[name, textAt(body, 'source') ?? '']])),
    ),
  );
}

/** `replace_triggered_by`, by the address of the resource without a key: what replaces it when it changes. */
export function replacementTriggers(json: CdkTfJson): ReadonlyMap<string, readonly string[]> {
  const found = bodies(json['resource']).flatMap((types) =>
    Object.entries(types).flatMap(([type, group]) =>
      bodies(group).flatMap((names) =>
        Object.entries(names).map(([name, body]) => [`${type}.${name}`, bodies(body).flatMap(triggersOf)] as const),
      ),
    ),
  );
  return new Map(found.filter(([, triggers]) => triggers.length > 0));
}

function triggersOf(body: JsonObject): readonly string[] {
  return bodies(body['lifecycle']).flatMap((lifecycle) => {
    const listed = lifecycle['replace_triggered_by'];
    return isList(listed) ? listed.flatMap((one) => (typeof one === 'string' ? [one.replace(/^\$\{\s*(.*?)\s*\}$/, '$1')] : [])) : [];
  });
}
