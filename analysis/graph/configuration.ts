import { sortedSet } from './addresses';
import { traversals } from './expressions';
import type { Traversal } from './expressions';
import { isList, isObject, objectAt, objectsAt, textAt, textsAt } from './json';
import type { StateResource } from './state-resources';
import type { JsonObject, JsonValue } from './types';

/** What an expression calls another resource. */
export interface Mention {
  /** Address without the instance key. */
  readonly base: string;
  readonly key?: string;
}

/** What the configuration in a plan says about one resource. */
export interface DeclaredResource {
  /** Names of the arguments that are stated, with those within blocks; absent where the plan does not hold the resource's configuration. */
  readonly configured?: readonly string[];
  readonly provider?: string;
  readonly references: ReadonlyMap<string, readonly Mention[]>;
  readonly dependsOn: readonly Mention[];
}

/** The `configuration` part of a plan. */
export interface Configuration {
  readonly providers: Readonly<Record<string, JsonObject>>;
  resource(resource: StateResource): DeclaredResource;
}

/** One module of the configuration, with its parent, through which its variables come. */
interface ModuleBody {
  readonly body: JsonObject;
  readonly name?: string;
  readonly parent?: ModuleBody;
}

/** References pass through at most this many module boundaries; Terraform knows no cycles, a forged plan might. */
const boundaryLimit = 20;

/** Reads the configuration part of a plan, which says what refers to what. */
export function configurationOf(plan: JsonObject): Configuration {
  const configuration = objectAt(plan, 'configuration');
  const root: ModuleBody = { body: objectAt(configuration, 'root_module') };
  const find = memoized((steps: string) => moduleAt(root, steps));
  const bodies = memoized((key: string) => resourceBodies(find(key)));
  const known = new Map<string, DeclaredResource>();
  const declare = (resource: StateResource): DeclaredResource => {
    const steps = moduleSteps(resource.module)
      .map((step) => step.name)
      .join('.');
    const body = bodies(steps).get(`${resource.type}.${resource.name}`);
    return body === undefined ? { references: new Map(), dependsOn: [] } : declaredResource(body, find(steps), resource.module);
  };
  return {
    providers: providersOf(objectAt(configuration, 'provider_config'), { find, variables: objectAt(plan, 'variables') }),
    // A thousand instances of one resource have one declaration.
    resource: (resource) => {
      const key = JSON.stringify([resource.module ?? '', resource.type, resource.name]);
      const declared = known.get(key) ?? declare(resource);
      known.set(key, declared);
      return declared;
    },
  };
}

function memoized<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

function resourceBodies(module: ModuleBody): ReadonlyMap<string, JsonObject> {
  return new Map(objectsAt(module.body, 'resources').map((body) => [textAt(body, 'address') ?? '', body]));
}

/** The steps of a module address, `module.a["x"].module.b`, each with its text. */
function moduleSteps(address: string | undefined): readonly { readonly name: string; readonly text: string }[] {
  const pattern = /module\.([\w-]+)(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?/g;
  return Array.from((address ?? '').matchAll(pattern), (match) => ({ name: match[1] ?? '', text: match[0] }));
}

function moduleAt(root: ModuleBody, steps: string): ModuleBody {
  return steps
    .split('.')
    .filter((name) => name !== '')
    .reduce<ModuleBody>(childModule, root);
}

function childModule(parent: ModuleBody, name: string): ModuleBody {
  return { body: objectAt(moduleCall(parent, name), 'module'), name, parent };
}

function moduleCall(module: ModuleBody, name: string): JsonObject {
  return objectAt(objectAt(module.body, 'module_calls'), name);
}

function declaredResource(body: JsonObject, module: ModuleBody, address: string | undefined): DeclaredResource {
  const place: Place = { module, prefix: moduleSteps(address).map((step) => step.text) };
  const provider = textAt(body, 'provider_config_key');
  const expressions = Object.entries(objectAt(body, 'expressions'));
  return {
    ...(provider === undefined ? {} : { provider }),
    configured: sortedSet(expressions.flatMap(([name, expression]) => configuredPaths(name, expression))),
    references: new Map(expressions.map(([name, expression]) => [name, mentions(referencesIn(expression), place)])),
    dependsOn: mentions(
      [...textsAt(body, 'depends_on'), ...referencesIn(body['for_each_expression']), ...referencesIn(body['count_expression'])],
      place,
    ),
  };
}

/** An argument, and of a block what is stated in it: `root_block_device`, `root_block_device.volume_size`. */
function configuredPaths(path: string, expression: JsonValue): readonly string[] {
  if (isList(expression)) return sortedSet([path, ...expression.flatMap((one) => configuredPaths(path, one))]);
  if (!isObject(expression) || 'references' in expression || 'constant_value' in expression) return [path];
  return [path, ...Object.entries(expression).flatMap(([name, inner]) => configuredPaths(`${path}.${name}`, inner))];
}

/** The `references` of an expression, or of all expressions in a block. */
function referencesIn(expression: JsonValue | undefined): readonly string[] {
  if (isList(expression)) return expression.flatMap(referencesIn);
  if (!isObject(expression)) return [];
  const own = textsAt(expression, 'references');
  return own.length > 0 ? mostSpecific(own) : Object.values(expression).flatMap(referencesIn);
}

/** Terraform lists `app[1].id`, `app[1]` and `app` for one reference: the first says it all. */
function mostSpecific(references: readonly string[]): readonly string[] {
  return references.filter((short) => !references.some((long) => long.startsWith(`${short}.`) || long.startsWith(`${short}[`)));
}

/** Where an expression stands: its module, and that module's address as steps. */
interface Place {
  readonly module: ModuleBody;
  readonly prefix: readonly string[];
}

function mentions(references: readonly string[], place: Place, depth = 0): readonly Mention[] {
  if (depth > boundaryLimit) return [];
  return references.flatMap(traversals).flatMap((reference) => mention(reference, place, depth));
}

function mention(reference: Traversal, place: Place, depth: number): readonly Mention[] {
  if (reference.head === 'var') return throughVariable(reference.name, place, depth);
  if (reference.head === 'module') return throughOutput(reference, place, depth);
  const base = [...place.prefix, `${reference.head}.${reference.name}`].join('.');
  return [{ base, ...(reference.key === undefined ? {} : { key: reference.key }) }];
}

/** A module's variable stands for what the call gives it, in the parent. */
function throughVariable(name: string, place: Place, depth: number): readonly Mention[] {
  const { parent, name: call } = place.module;
  if (parent === undefined || call === undefined) return [];
  const given = objectAt(moduleCall(parent, call), 'expressions')[name];
  return mentions(referencesIn(given), { module: parent, prefix: place.prefix.slice(0, -1) }, depth + 1);
}

/** A module's output stands for what it refers to, inside the module. */
function throughOutput(reference: Traversal, place: Place, depth: number): readonly Mention[] {
  const module = childModule(place.module, reference.name);
  const output = objectAt(objectAt(module.body, 'outputs'), reference.path[0] ?? '')['expression'];
  return mentions(referencesIn(output), { module, prefix: [...place.prefix, `module.${reference.name}${reference.key ?? ''}`] }, depth + 1);
}

/** What the variables in a plan mean, in the root module and in others. */
interface Meanings {
  readonly find: (steps: string) => ModuleBody;
  /** Of the root module. */
  readonly variables: JsonObject;
}

function providersOf(configurations: JsonObject, meanings: Meanings): Readonly<Record<string, JsonObject>> {
  return Object.fromEntries(
    Object.entries(configurations).map(([key, one]) => {
      const module = meanings.find(
        moduleSteps(textAt(one, 'module_address'))
          .map((step) => step.name)
          .join('.'),
      );
      return [key, settingsOf(objectAt(one, 'expressions'), module, meanings)];
    }),
  );
}

/** Constants, and what is exactly one variable whose value the plan holds or a module call states. */
function settingsOf(expressions: JsonObject, module: ModuleBody, meanings: Meanings): JsonObject {
  return Object.fromEntries(
    Object.entries(expressions).flatMap(([name, expression]) => {
      const value = settingOf(expression, module, meanings);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** In JSON syntax an expression has a constant beside its references: its own text. */
function settingOf(expression: JsonValue | undefined, module: ModuleBody, meanings: Meanings, depth = 0): JsonValue | undefined {
  const [reference, ...others] = textsAt(expression, 'references');
  if (reference === undefined) return isObject(expression) ? expression['constant_value'] : undefined;
  const lone = others.length === 0 && /^var\.[\w-]+$/.test(reference) && depth <= boundaryLimit;
  return lone ? variableOf(reference.slice('var.'.length), module, meanings, depth) : undefined;
}

/** A variable of the root module has a value in the plan; one of another is what the call gives it, or its default. */
function variableOf(name: string, module: ModuleBody, meanings: Meanings, depth: number): JsonValue | undefined {
  const { parent, name: call } = module;
  if (parent === undefined || call === undefined) return objectAt(meanings.variables, name)['value'];
  const given = objectAt(moduleCall(parent, call), 'expressions')[name];
  return given === undefined
    ? objectAt(objectAt(module.body, 'variables'), name)['default']
    : settingOf(given, parent, meanings, depth + 1);
}
