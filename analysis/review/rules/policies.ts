import type { JsonObject, JsonValue, ResourceNode } from '../../graph/types';
import { templateParts } from '../../graph/expressions';
import { isList, isObject } from '../../graph/json';
import type { Condition } from './conditions';
import { leaves, visible } from './read';
import { scalarText } from '../../../values/scalar-text';

/** One statement of an access policy, with its lists as lists. */
export interface Statement {
  readonly allows: boolean;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  readonly conditional: boolean;
}

/** The statements of a policy that are visible: expressions in its text stay as they are, and a text that is no policy has none. */
export function statements(node: ResourceNode, path: string): readonly Statement[] {
  return visible(node, path)
    .flatMap((text) => bodiesOf(typeof text === 'string' ? parsed(text) : text))
    .map(statement);
}

/** A policy is written out before its expressions are known, and these may hold quotes of their own. */
function parsed(text: string): JsonValue {
  return (
    attempt(text) ??
    attempt(
      templateParts(text)
        .map((part) => (part.kind === 'text' ? part.text : 'unknown'))
        .join(''),
    )
  );
}

function attempt(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}

function bodiesOf(policy: JsonValue): readonly JsonObject[] {
  const found = isObject(policy) ? policy['Statement'] : undefined;
  return (isList(found) ? found : [found]).filter(isObject);
}

function statement(body: JsonObject): Statement {
  return {
    allows: body['Effect'] === 'Allow',
    actions: texts(body['Action']),
    resources: texts(body['Resource']),
    principals: texts(
      isObject(body['Principal']) ? Object.values(body['Principal']).flatMap((each) => (isList(each) ? each : [each])) : body['Principal'],
    ),
    conditional: isObject(body['Condition']),
  };
}

function texts(value: JsonValue | undefined): readonly string[] {
  return leaves(value, []).map(scalarText);
}

/** No statement of the policy at this path does this. */
export function noStatement(path: string, forbidden: (statement: Statement) => boolean): Condition {
  return (node) => !statements(node, path).some(forbidden);
}

/** Everyone may do what it says, without a condition. */
export function isPublic({ allows, principals, conditional }: Statement): boolean {
  return allows && !conditional && principals.includes('*');
}

/** It allows more than reading single objects. */
export function writes({ actions }: Statement): boolean {
  return actions.some((action) => !/:(?:Get|Head)/.test(action));
}
