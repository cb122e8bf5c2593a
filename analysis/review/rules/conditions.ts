import type { JsonValue, ResourceGraph, ResourceNode } from '../../graph/types';
import type { Breach, RuleInput } from '../types';
import { isList } from '../../graph/json';
import { memberAt } from '../../graph/resolve';
import { pointingTo, pointsSomewhere } from './pointers';
import { read, visible } from './read';
import { scalarText } from '../../../values/scalar-text';

/** Whether something holds of a resource. Undefined where it is not known yet, which is neither a breach nor a pass. */
export type Condition = (node: ResourceNode, graph: ResourceGraph) => boolean | undefined;

/** A rule that every resource of these types must fulfil. */
export function everyOf(types: readonly string[], condition: Condition): (input: RuleInput) => readonly Breach[] {
  return ({ graph }) =>
    graph
      .ofType(...types)
      .filter((node) => condition(node, graph) === false)
      .map(({ address }) => ({ address }));
}

/** The same, but not for an environment that is marked to be thrown away: it has given up what protects data. */
export function everyKept(types: readonly string[], condition: Condition): (input: RuleInput) => readonly Breach[] {
  const check = everyOf(types, condition);
  return (input) => (input.context?.disposable === true ? [] : check(input));
}

/** Something is set at this path, and every value there is one of these. */
export function is(path: string, ...allowed: readonly JsonValue[]): Condition {
  return holding(path, (values) => values.length > 0 && values.every((value) => allowed.includes(value)));
}

/** No value at this path is one of these; nothing there is fine. */
export function isNot(path: string, ...forbidden: readonly JsonValue[]): Condition {
  return holding(path, (values) => !values.some((value) => forbidden.includes(value)));
}

/** Some value at this path is one of these. */
export function has(path: string, ...sought: readonly JsonValue[]): Condition {
  return holding(path, (values) => values.some((value) => sought.includes(value)));
}

/** Every value at this path matches; nothing there is fine. */
export function matches(path: string, pattern: RegExp): Condition {
  return holding(path, (values) => values.every((value) => pattern.test(scalarText(value))));
}

/** Something is set at this path, and no number there is smaller. */
export function atLeast(path: string, minimum: number): Condition {
  return holding(path, (values) => values.length > 0 && values.every((value) => Number(value) >= minimum));
}

/** Something is stated at this path, even if its value is known only after an apply. */
export function stated(path: string): Condition {
  return (node) => {
    const values = read(node, path);
    return values === undefined || values.length > 0;
  };
}

/** At least this many values stand at this path. */
export function several(path: string, minimum: number): Condition {
  return holding(path, (values) => values.length >= minimum);
}

/** It stands in at least two of these: as resources that it refers to, or as entries of a list. One reference is one, known or not. */
export function inSeveral(attribute: string, type: string, path = attribute): Condition {
  return (node, graph) => {
    const targets = graph.referenced(node, attribute).filter((target) => target.type === type).length;
    const entries = Math.max(targets, visible(node, path).length);
    if (targets === 0 && read(node, path) === undefined && !isList(memberAt(node.values, path.split('.')))) return undefined;
    return entries > 1;
  };
}

/** Where something holds of the known values at a path. */
export function holding(path: string, holds: (values: readonly JsonValue[]) => boolean): Condition {
  return (node) => {
    const values = read(node, path);
    return values === undefined ? undefined : holds(values);
  };
}

export function allOf(...conditions: readonly Condition[]): Condition {
  return (node, graph) => {
    const answers = conditions.map((condition) => condition(node, graph));
    if (answers.includes(false)) return false;
    return answers.includes(undefined) ? undefined : true;
  };
}

export function anyOf(...conditions: readonly Condition[]): Condition {
  return not(allOf(...conditions.map(not)));
}

export function not(condition: Condition): Condition {
  return (node, graph) => {
    const answer = condition(node, graph);
    return answer === undefined ? undefined : !answer;
  };
}

/** What must hold where something else does. */
export function when(applies: Condition, then: Condition): Condition {
  return anyOf(not(applies), then);
}

/**
 * Whether a resource of this type points here with this attribute and fulfils a condition. Unknown where one might: in a module that
 * cannot be seen, or pointing somewhere that is not known.
 */
export function companion(types: readonly string[], attribute: string, fulfils: Condition = () => true): Condition {
  return (node, graph) => {
    const answers = pointingTo(node, types, attribute, graph).map((one) => fulfils(one, graph));
    if (answers.includes(true)) return true;
    return graph.opaque.length > 0 || answers.includes(undefined) || pointsSomewhere(types, attribute, graph) ? undefined : false;
  };
}

/** Whether any resource of these types fulfils a condition, wherever it points. */
export function somewhere(types: readonly string[], fulfils: Condition): Condition {
  return (_, graph) => {
    const answers = graph.ofType(...types).map((one) => fulfils(one, graph));
    if (answers.includes(true)) return true;
    return graph.opaque.length > 0 || answers.includes(undefined) ? undefined : false;
  };
}

/** `prevent_destroy` is set. Known from a synthesized configuration only: a plan and a state do not say. */
export const kept: Condition = (node) =>
  node.configured === undefined || node.action !== undefined ? undefined : node.lifecycle?.preventDestroy === true;
