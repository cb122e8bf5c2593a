import { loadConstantNames, loadConstants, type LoadConstantName, type LoadConstantValues, loadPresets } from '../../catalog/load';
import type { Problem } from '../../values/errors';
import { nearest } from '../../values/nearest';
import { loadNotValid } from './errors';

/** Whom a number of users counts: all who have an account, those who come on a day, those who are there at the same time. */
export const bases = ['daily', 'total', 'concurrent'] as const;

export type Basis = (typeof bases)[number];

/** What is known of a load. */
export interface LoadInput {
  /** One number in the given basis, or several that were counted separately. */
  readonly users: number | Readonly<Partial<Record<Basis, number>>>;
  /** @default - what the roadmap's document counts; daily for the default roadmap */
  readonly basis?: Basis;
  /** @default - 'deadlock-coach' */
  readonly roadmap?: string;
  /** Values of constants that are known better than the roadmap's. */
  readonly overrides?: Readonly<Partial<Record<string, number>>>;
}

/** A checked input: users by basis and a value for every constant. */
export interface CheckedLoad {
  readonly roadmap: string;
  readonly basis: Basis;
  readonly counts: Readonly<Partial<Record<Basis, number>>>;
  readonly constants: LoadConstantValues;
}

/** More people than that is a slip of the keyboard. */
export const mostUsers = 1e9;

/**
 * Checks an input and fills in the constants.
 * @throws TerraceError `CAPACITY_LOAD_NOT_VALID` with all problems
 */
export function checkLoad(input: LoadInput): CheckedLoad {
  const roadmap = input.roadmap ?? 'deadlock-coach';
  const preset = Object.hasOwn(loadPresets, roadmap) ? loadPresets[roadmap] : undefined;
  const basis = input.basis ?? preset?.basis ?? 'daily';
  const counts = typeof input.users === 'number' ? { [basis]: input.users } : input.users;
  const problems = [
    ...(preset === undefined ? [unknownRoadmap(roadmap)] : []),
    ...basisProblems(basis),
    ...countProblems(counts),
    ...overrideProblems(input.overrides ?? {}),
  ];
  if (problems.length > 0) throw loadNotValid(problems);
  return { roadmap, basis, counts, constants: constantsOf(roadmap, input.overrides ?? {}) };
}

/** The value of every constant: the override, else the roadmap's, else the default. */
export function constantsOf(roadmap: string, overrides: Readonly<Partial<Record<string, number>>> = {}): LoadConstantValues {
  const values = loadPresets[roadmap]?.values ?? {};
  const entries = loadConstantNames.map((name) => [name, overrides[name] ?? values[name]?.value ?? loadConstants[name].value]);
  return Object.fromEntries(entries) as LoadConstantValues;
}

/** Where the value of a constant comes from. */
export function sourceOf(name: LoadConstantName, roadmap: string, overrides: Readonly<Partial<Record<string, number>>> = {}): string {
  if (overrides[name] !== undefined) return 'given';
  const own = loadPresets[roadmap]?.values[name];
  return own === undefined ? loadConstants[name].source : `${roadmap}, ${own.source}`;
}

function unknownRoadmap(given: string): Problem {
  const known = Object.keys(loadPresets);
  const near = nearest(given, known);
  return {
    code: 'LOAD_ROADMAP',
    where: 'roadmap',
    message: `There is no roadmap "${given}". Allowed: ${known.join(', ')}.${near === undefined ? '' : ` Did you mean ${near}?`}`,
  };
}

function basisProblems(basis: string): readonly Problem[] {
  const known: readonly string[] = bases;
  return known.includes(basis)
    ? []
    : [{ code: 'LOAD_BASIS', where: 'basis', message: `"${basis}" is no basis. Allowed: ${bases.join(', ')}.` }];
}

function countProblems(counts: Readonly<Partial<Record<Basis, number>>>): readonly Problem[] {
  const given = Object.entries(counts).filter((entry): entry is [Basis, number] => entry[1] !== undefined);
  if (given.length === 0)
    return [{ code: 'LOAD_USERS', where: 'users', message: 'No number of users is given. Allowed: a whole number from 1 to 1000000000.' }];
  const wrong = given.filter(([, users]) => !isCount(users));
  return [...wrong.map(([basis, users]) => notACount(basis, users)), ...(wrong.length === 0 ? contradictions(counts) : [])];
}

function isCount(users: number): boolean {
  return Number.isInteger(users) && users >= 1 && users <= mostUsers;
}

function notACount(basis: Basis, users: number): Problem {
  return {
    code: 'LOAD_USERS',
    where: `users (${basis})`,
    message: `${users} is no number of users. Allowed: a whole number from 1 to 1000000000.`,
  };
}

/** Fewer can be there at a time than come on a day, and fewer come on a day than there are. */
function contradictions({ daily, total, concurrent }: Readonly<Partial<Record<Basis, number>>>): readonly Problem[] {
  const pairs = [
    ['concurrent', concurrent, 'daily', daily],
    ['daily', daily, 'total', total],
    ['concurrent', concurrent, 'total', total],
  ] as const;
  return pairs.flatMap(([part, some, whole, all]) =>
    some === undefined || all === undefined || some <= all
      ? []
      : [
          {
            code: 'LOAD_CONTRADICTION',
            where: 'users',
            message: `${some} ${part} users of ${all} ${whole} users cannot be. Give one of the two, or correct it.`,
          },
        ],
  );
}

function overrideProblems(overrides: Readonly<Partial<Record<string, number>>>): readonly Problem[] {
  return Object.entries(overrides).flatMap(([name, value]) => (value === undefined ? [] : overrideProblem(name, value)));
}

function overrideProblem(name: string, value: number): readonly Problem[] {
  const constant = Object.hasOwn(loadConstants, name) ? loadConstants[name as LoadConstantName] : undefined;
  if (constant === undefined) return [unknownConstant(name)];
  if (Number.isFinite(value) && value >= constant.min && value <= constant.max) return [];
  return [
    { code: 'LOAD_CONSTANT', where: name, message: `${name} is ${value}. Allowed: a number from ${constant.min} to ${constant.max}.` },
  ];
}

function unknownConstant(name: string): Problem {
  const near = nearest(name, loadConstantNames);
  return {
    code: 'LOAD_CONSTANT',
    where: name,
    message: `The load model has no constant "${name}".${near === undefined ? ` It has ${loadConstantNames.join(', ')}.` : ` Did you mean ${near}?`}`,
  };
}
