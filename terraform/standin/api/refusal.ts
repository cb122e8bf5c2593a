import type { Facts } from '../facts';
import { objectOf, objectsOf, type Account } from '../store';
import { text, type ValueMap } from '../values';

/** Why the API says no. */
export interface Refusal {
  /** HTTP status. */
  readonly status: number;
  readonly message: string;
}

/** A request as the API sees it: what is asked for, and what there is. */
export interface Request {
  readonly type: string;
  readonly account: Account;
  readonly facts: Facts;
  /** The object before; null when it is made. */
  readonly prior: ValueMap | null;
  /** The object after; what was before, when it is deleted. */
  readonly next: ValueMap;
  /** Empty while it is made. */
  readonly id: string;
}

/** One reason to refuse; rules of a type are asked in order, and the first answer counts, as in the API. */
export type Rule = (request: Request) => Refusal | undefined;

/** 422, which the API gives for nearly everything that it understands and will not do. */
export function unprocessable(message: string): Refusal {
  return { status: 422, message };
}

export function conflict(message: string): Refusal {
  return { status: 409, message };
}

export function notFound(message: string): Refusal {
  return { status: 404, message };
}

/** The other objects of the same type. */
export function others({ account, type, id }: Request): readonly ValueMap[] {
  return objectsOf(account, type).filter((object) => text(object, 'id') !== id);
}

/** Refuses a name that another object of the same type has, among those that `shares` says live together. */
export function nameTaken(answer: (name: string) => Refusal, shares: (a: ValueMap, b: ValueMap) => boolean = () => true): Rule {
  return (request) => {
    const name = text(request.next, 'name');
    return others(request).some((other) => text(other, 'name') === name && shares(other, request.next)) ? answer(name) : undefined;
  };
}

/** Refuses a region that does not exist. */
export function knownRegion(message: (region: string) => string): Rule {
  return ({ next, facts }) => {
    const region = text(next, 'region');
    return region !== '' && facts.enginesIn(region) === undefined ? unprocessable(message(region)) : undefined;
  };
}

/** Refuses an id that no object of a type has. An empty one is not asked about. */
export function exists(attribute: string, type: string, what: string): Rule {
  return (request) => {
    const { next, account } = request;
    const id = changes(request, attribute) ? idText(next, attribute) : '';
    return id !== '' && objectOf(account, type, id) === undefined ? notFound(`${what} "${id}" was not found.`) : undefined;
  };
}

/** Refuses a VPC of another region than the object's. */
export function vpcOfRegion(attribute: string, what: string): Rule {
  return (request) => {
    const { next, account } = request;
    const id = changes(request, attribute) ? text(next, attribute) : '';
    const [vpc, region] = [objectOf(account, 'digitalocean_vpc', id), text(next, 'region')];
    if (id === '' || (vpc !== undefined && (region === '' || text(vpc, 'region') === region))) return undefined;
    if (vpc === undefined) return unprocessable(`VPC "${id}" was not found.`);
    return unprocessable(
      `VPC "${text(vpc, 'name')}" is in ${text(vpc, 'region')}, and the ${what} is in ${region}: both must be in the same region.`,
    );
  };
}

/** An id as text, whether it is kept as a number or as text. */
export function idText(values: ValueMap, attribute: string): string {
  const value = values[attribute];
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '';
}

/** Whether an attribute is new, or another than before. */
export function changes({ prior, next }: Request, attribute: string): boolean {
  return prior === null || prior[attribute] !== next[attribute];
}
