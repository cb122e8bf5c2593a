import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../terraform/package-root';
import { scalarText } from '../values/scalar-text';

type Json = Readonly<Record<string, unknown>>;
type Named = Readonly<Record<string, Json>>;

/** A synthesized stack: its id and its `cdk.tf.json`. */
export interface Stack {
  readonly id: string;
  readonly json: Json;
}

/** Every stack below an output folder, layers too, in order of their names. */
export function stacksIn(outdir: string): Stack[] {
  const folder = join(outdir, 'stacks');
  return readdirSync(folder)
    .sort()
    .map((id) => ({ id, json: JSON.parse(readFileSync(join(folder, id, 'cdk.tf.json'), 'utf8')) as Json }));
}

/** A statement of the script. */
interface Statement {
  /** What other statements call it: the Terraform address. */
  readonly address: string;
  readonly code: string;
  /** Addresses that it refers to. */
  readonly needs: readonly string[];
}

/**
 * The floor: a plain CDKTF script that makes the same elements as the given stacks, with the same classes and the same
 * references, and nothing else. Run with an output folder it writes them; required, it exports the function that does.
 */
export function plainScript(stacks: readonly Stack[]): string {
  const types = new Set(stacks.flatMap(({ json }) => Object.keys(section(json, 'resource'))).filter((type) => type !== 'terraform_data'));
  const providers = new Set(stacks.flatMap(({ json }) => Object.keys(section(json, 'provider'))));
  return [
    `const require_ = require('node:module').createRequire(${JSON.stringify(packageFile('package.json'))});`,
    `require_('cdktf/lib/tokens/private/stack-trace').captureStackTrace = () => [];`,
    `const { App, DataTerraformRemoteStateLocal, DataTerraformRemoteStateS3, LocalBackend, S3Backend, TerraformLocal, TerraformOutput, TerraformResource, TerraformStack, TerraformVariable } = require_('cdktf');`,
    ...[...providers].sort().map((name) => `const { ${providerClass(name)} } = require_('@cdktf/provider-${name}/lib/provider');`),
    ...[...types].sort().map((type) => `const { ${className(type)}: ${classOf(type)} } = require_('${modulePath(type)}');`),
    'function ladder(outdir) {',
    '  const app = new App({ outdir });',
    ...stacks.flatMap(stackLines).map((line) => `  ${line}`),
    '  app.synth();',
    '}',
    'module.exports = { ladder };',
    'if (require.main === module) ladder(process.argv[2]);',
    '',
  ].join('\n');
}

function stackLines({ id, json }: Stack): string[] {
  const statements = [
    ...entries(section(json, 'variable')).map(([name, values]) => variable(name, values)),
    ...entries(section(section(json, 'data'), 'terraform_remote_state')).map(([name, values]) => remoteState(name, values)),
    ...entries(section(json, 'resource')).flatMap(([type, named]) =>
      entries(named as Named).map(([name, values]) => resource(type, name, values)),
    ),
    ...entries(section(json, 'locals')).map(([name, value]) => local(name, value)),
    ...entries(section(json, 'output')).map(([name, values]) => output(name, values)),
  ];
  return [
    '{',
    ...[`const stack = new TerraformStack(app, ${JSON.stringify(id)});`, ...settings(json), ...inOrder(statements)].map(
      (line) => `  ${line}`,
    ),
    '}',
  ];
}

/** Provider, backend and version. */
function settings(json: Json): string[] {
  const { backend, required_version: version } = section(json, 'terraform');
  const [[kind, arguments_] = ['local', {}]] = Object.entries(backend as Named);
  const providers = entries(section(json, 'provider') as unknown as Readonly<Record<string, readonly Json[]>>);
  return [
    `stack.addOverride('terraform.required_version', ${JSON.stringify(version)});`,
    `new ${kind === 's3' ? 'S3Backend' : 'LocalBackend'}(stack, ${literal(arguments_, camelCase)});`,
    ...providers.flatMap(([name, blocks]) => blocks.map((values) => provider(name, values))),
  ];
}

function provider(name: string, values: Json): string {
  const id = values['alias'] === undefined ? name : `${name}_${scalarText(values['alias'])}`;
  return `const ${providerConstant(name, values['alias'])} = new ${providerClass(name)}(stack, ${JSON.stringify(id)}, ${literal(values, camelCase)});`;
}

function variable(name: string, values: Json): Statement {
  const address = `var.${name}`;
  // Terraform lets a variable's condition speak of the variable itself, which is no reference to something made before.
  const code = `const ${constant(address)} = new TerraformVariable(stack, ${JSON.stringify(name)}, ${literal(values, camelCase, verbatim)});`;
  return { address, code, needs: [] };
}

/** What one layer reads of another. Expressions name it as they stand: CDKTF has no typed way to an output's inside. */
function remoteState(name: string, { backend, config }: Json): Statement {
  const [settings] = Array.isArray(config) ? (config as readonly Json[]) : [config as Json];
  const kind = backend === 's3' ? 'DataTerraformRemoteStateS3' : 'DataTerraformRemoteStateLocal';
  return {
    address: `data.terraform_remote_state.${name}`,
    code: `new ${kind}(stack, ${JSON.stringify(name)}, ${literal(settings ?? {}, camelCase)});`,
    needs: [],
  };
}

function local(name: string, value: unknown): Statement {
  const needs: string[] = [];
  const code = literal(value, String, (text) => withReferences(text, (address) => needs.push(address)));
  return { address: `local.${name}`, code: `new TerraformLocal(stack, ${JSON.stringify(name)}, ${code});`, needs };
}

function output(name: string, { value, depends_on: _before, ...values }: Json): Statement {
  const needs: string[] = [];
  // Names within an output are the author's, not arguments.
  const code = literal(value, String, (text) => withReferences(text, (address) => needs.push(address)));
  return {
    address: `output.${name}`,
    code: `new TerraformOutput(stack, ${JSON.stringify(name)}, { ...${literal(values, camelCase)}, value: ${code}, staticId: true });`,
    needs,
  };
}

function resource(type: string, name: string, { '//': _metadata, ...values }: Json): Statement {
  const address = `${type}.${name}`;
  if (type === 'terraform_data') return { address, code: untyped(address, name, values), needs: [] };
  const { code, needs } = configuration(values);
  return { address, code: `const ${constant(address)} = new ${classOf(type)}(stack, ${JSON.stringify(name)}, ${code});`, needs };
}

/** CDKTF's own class for this type asks Terraform for its version, so a plain script would not use it either. */
function untyped(address: string, name: string, { lifecycle, ...values }: Json): string {
  const props = { terraformResourceType: 'terraform_data', ...(lifecycle === undefined ? {} : { lifecycle }) };
  const made = `const ${constant(address)} = new TerraformResource(stack, ${JSON.stringify(name)}, ${literal(props, camelCase)});`;
  return [
    made,
    ...Object.entries(values).map(([key, value]) => `${constant(address)}.addOverride(${JSON.stringify(key)}, ${literal(value, String)});`),
  ].join(' ');
}

function configuration({ depends_on: before, provider, ...values }: Json): { readonly code: string; readonly needs: readonly string[] } {
  const addresses = (before ?? []) as readonly string[];
  const needs = new Set(addresses);
  const code = literal(values, camelCase, (text) => withReferences(text, (address) => needs.add(address)));
  // CDKTF takes what something waits for as objects, and writes a text as nothing.
  const more = [
    ...(addresses.length === 0 ? [] : [`dependsOn: [${addresses.map(constant).join(', ')}]`]),
    ...(typeof provider === 'string' ? [`provider: ${providerConstant(...(provider.split('.') as [string, string?]))}`] : []),
  ];
  return { code: more.length === 0 ? code : `{ ...${code}, ${more.join(', ')} }`, needs: [...needs] };
}

/** What is referred to comes first. */
function inOrder(statements: readonly Statement[]): string[] {
  const byAddress = new Map(statements.map((each) => [each.address, each]));
  const written = new Set<Statement>();
  const write = (statement: Statement): void => {
    if (written.has(statement)) return;
    for (const need of statement.needs) write(byAddress.get(need) ?? statement);
    written.add(statement);
  };
  statements.forEach(write);
  return [...written].map(({ code }) => code);
}

/** Arguments that the bindings hand on as they are written, because they nest without an end: a rule of a web firewall. */
const untypedArguments: ReadonlySet<string> = new Set(['statement']);

/** A value as JavaScript. */
function literal(value: unknown, key: (name: string) => string, text: (value: string) => string = verbatim): string {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return `[${value.map((each) => literal(each, key, text)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, each]) => `${JSON.stringify(key(name))}: ${literal(each, untypedArguments.has(name) ? String : key, text)}`)
    .join(', ')} }`;
}

function verbatim(text: string): string {
  return JSON.stringify(text);
}

const interpolation = /(?<!\$)(\$\{[^}]*\})/;
const reference = /\b((?:(?:aws|cloudflare|digitalocean|google|helm|kubernetes)_[a-z0-9_]+|var)\.[A-Za-z_][\w-]*)(?:\.([a-z0-9_]+))?/;

/**
 * A text with its references made from the objects that they mean. A reference alone is written by CDKTF with its braces; within
 * a function's arguments the braces are the text's.
 */
function withReferences(text: string, found: (address: string) => void): string {
  const pieces = text.split(interpolation).flatMap((part, index) => (index % 2 === 0 ? [verbatim(part)] : expression(part, found)));
  const shown = pieces.filter((piece) => piece !== '""');
  return shown.length === 0 ? '""' : shown.join(' + ');
}

function expression(written: string, found: (address: string) => void): string[] {
  const match = reference.exec(written);
  if (match === null) return [verbatim(written)];
  const [whole, address = '', attribute] = match;
  found(address);
  const [before, after] = [written.slice(0, match.index), written.slice(match.index + whole.length)];
  if (before === '${' && after === '}') return [token(address, attribute)];
  return [verbatim(before), token(address, attribute), verbatim(after)];
}

function token(address: string, attribute: string | undefined): string {
  return attribute === undefined
    ? `${constant(address)}.stringValue`
    : `${constant(address)}.getStringAttribute(${JSON.stringify(attribute)})`;
}

function section(json: Json, name: string): Named {
  return (json[name] ?? {}) as Named;
}

function entries<Value>(record: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(record);
}

/** `digitalocean_spaces_bucket` -> `digitalocean`. */
function providerOf(type: string): string {
  return type.slice(0, type.indexOf('_'));
}

/** `digitalocean_spaces_bucket` -> `SpacesBucket`, as the provider's module exports it; a few have a letter more, `S3BucketVersioningA`. */
function className(type: string): string {
  const exported = require(modulePath(type)) as Readonly<Record<string, { readonly tfResourceType?: string } | undefined>>;
  const found = Object.keys(exported).find((name) => exported[name]?.tfResourceType === type);
  if (found === undefined) throw new RangeError(`${modulePath(type)} has no class for ${type}`);
  return found;
}

/** `digitalocean_spaces_bucket` -> `DigitaloceanSpacesBucket`: two providers may have a class of the same name. */
function classOf(type: string): string {
  return camelCase(`_${type}`);
}

/** `digitalocean_spaces_bucket` -> `@cdktf/provider-digitalocean/lib/spaces-bucket`. */
function modulePath(type: string): string {
  return `@cdktf/provider-${providerOf(type)}/lib/${type.slice(type.indexOf('_') + 1).replaceAll('_', '-')}`;
}

/** `aws` -> `AwsProvider`. */
function providerClass(name: string): string {
  return `${camelCase(`_${name}`)}Provider`;
}

function providerConstant(name: string, alias?: unknown): string {
  return constant(`provider.${name}.${alias === undefined ? 'default' : scalarText(alias)}`);
}

/** `digitalocean_spaces_bucket.backup` -> `digitalocean_spaces_bucket_backup`. */
function constant(address: string): string {
  return address.replace(/[^A-Za-z0-9_]/g, '_');
}

/** A key that is an expression is no argument's name. */
function camelCase(name: string): string {
  if (name.includes('${')) return name;
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
