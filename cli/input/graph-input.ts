import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { graphFromPlan, graphFromState, graphFromSynthesis, type JsonValue, type ResourceGraph } from '../../analysis/graph';
import { inputOfOtherKind, stackNotFound } from './errors';
import { jsonStream } from './json-stream';
import { valueStream } from './json-value';
import { readingFrom, smallText, standardInput } from './source';
import { readDocument } from './terraform-document';

/** What a JSON document of Terraform holds. */
export type DocumentKind = 'plan' | 'state' | 'configuration' | 'estimate';

/** A JSON document and what it is. */
export interface Document {
  readonly kind: DocumentKind;
  readonly json: JsonValue;
  /** As errors and reports call it. */
  readonly shown: string;
}

/**
 * Reads a JSON document and tells what it is.
 * @param file a path, or `-` for standard input
 * @throws TerraceError for what is no JSON, or no document that we know
 */
export function openDocument(file: string): Document {
  const shown = file === standardInput ? 'standard input' : file;
  const json = smallDocument(file, shown) ?? readingFrom(file, shown, (read) => readDocument(jsonStream(read, shown)));
  return { kind: kindOf(json, shown), json, shown };
}

/** A small document, read as a whole. One that is no JSON is left to the stream, which says where it breaks off. */
function smallDocument(file: string, shown: string): JsonValue | undefined {
  const value = parsed(smallText(file));
  return value === undefined ? undefined : readDocument(valueStream(value, shown));
}

function parsed(text: string | undefined): JsonValue | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as JsonValue);
  } catch {
    return undefined;
  }
}

/** The resources in a plan or a state, as `terraform show -json` prints them. */
export function graphOfPlan(file: string): ResourceGraph {
  const document = openDocument(file);
  if (document.kind === 'configuration') throw inputOfOtherKind(document.shown, 'a configuration', 'Give it as --synth.');
  if (document.kind === 'estimate')
    throw inputOfOtherKind(document.shown, 'an estimate', 'Compare it with another: terrace estimate diff A B');
  return graphOfDocument(document);
}

/** The resources in a configuration: a folder that holds a `cdk.tf.json`, or such a file. */
export function graphOfSynthesis(path: string): ResourceGraph {
  const document = openDocument(stackFile(path));
  if (document.kind !== 'configuration') throw inputOfOtherKind(document.shown, `a ${document.kind}`, 'Give a plan or a state as --plan.');
  return graphOfDocument(document);
}

/** The resources of a document that is no estimate. */
export function graphOfDocument({ kind, json }: Document): ResourceGraph {
  if (kind === 'plan') return graphFromPlan(json);
  return kind === 'state' ? graphFromState(json) : graphFromSynthesis(json as Parameters<typeof graphFromSynthesis>[0]);
}

/** The configuration in a folder: its own, or that of the one stack below it. */
export function stackFile(path: string): string {
  if (!existsSync(path) || !statSync(path).isDirectory()) return path;
  const own = join(path, 'cdk.tf.json');
  if (existsSync(own)) return own;
  const below = [join(path, 'stacks'), path].flatMap(stacksIn);
  const [only] = below;
  if (only === undefined || below.length > 1)
    throw stackNotFound(
      path,
      below.map((file) => file.slice(0, -basename(file).length - 1)),
    );
  return only;
}

function stacksIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name, 'cdk.tf.json'))
    .filter((file) => existsSync(file));
}

function kindOf(json: JsonValue, shown: string): DocumentKind {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw inputOfOtherKind(shown, 'JSON, but no document of Terraform', whatToGive);
  if ('planned_values' in json) return 'plan';
  if ('currency' in json && 'lines' in json) return 'estimate';
  if ('serial' in json && 'lineage' in json)
    throw inputOfOtherKind(shown, "a state in Terraform's own form", 'Give it as JSON: terraform show -json > state.json');
  if ('format_version' in json && !('provider_schemas' in json)) return 'state';
  if (configurationMembers.some((name) => name in json)) return 'configuration';
  throw inputOfOtherKind(shown, 'JSON, but no document of Terraform', whatToGive);
}

const whatToGive = 'Give what `terraform show -json PLANFILE` or `terraform show -json` prints.';

const configurationMembers = ['resource', 'terraform', 'provider', 'module', 'variable', 'output', 'data', 'locals'];
