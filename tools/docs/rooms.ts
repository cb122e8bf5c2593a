import { existsSync, readFileSync } from 'node:fs';
import { packageFile } from '../../terraform/package-root';
import { markdownTable } from './regions';

interface Ban {
  readonly patterns: readonly { readonly group: readonly string[] }[];
}

interface LintConfiguration {
  readonly overrides: readonly {
    readonly files: readonly string[];
    readonly rules?: { readonly 'no-restricted-imports'?: readonly [string, Ban] };
  }[];
}

/** A room of the house, as lint holds it. */
interface Room {
  readonly name: string;
  readonly banned: readonly string[];
}

/** Where every room may look, read from the rules that lint enforces. */
export function roomTable(): string {
  const rooms = readRooms(JSON.parse(readFileSync(packageFile('.oxlintrc.json'), 'utf8')) as LintConfiguration);
  const names = rooms.map(({ name }) => name);
  const rows = rooms.map((room) => [`\`${room.name}/\``, allowed(room, names), frameworks(room)]);
  return markdownTable(['room', 'may import from', 'framework, provider, Node'], rows);
}

function readRooms({ overrides }: LintConfiguration): readonly Room[] {
  return overrides.flatMap(({ files, rules }) => {
    const ban = rules?.['no-restricted-imports']?.[1];
    const folders = files.filter((file) => file.endsWith('/**')).map((file) => file.slice(0, -3));
    return ban === undefined ? [] : folders.filter(isBuilt).map((name) => ({ name, banned: ban.patterns.flatMap(({ group }) => group) }));
  });
}

/** Lint knows rooms that are still to be built. */
function isBuilt(folder: string): boolean {
  return existsSync(packageFile(folder));
}

/** Other rooms of the house, and for a room within a room its neighbours there. */
function allowed({ name, banned }: Room, names: readonly string[]): string {
  const others = names.filter(
    (other) => other !== name && (parent(other) === '' || parent(other) === parent(name)) && other !== parent(name),
  );
  const rooms = others.filter((other) => !banned.includes(`**/${other.split('/').at(-1) ?? ''}/**`));
  return rooms.length === 0 ? 'nothing' : rooms.join(', ');
}

function parent(name: string): string {
  return name.split('/').slice(0, -1).join('/');
}

const kinds: readonly (readonly [pattern: string, name: string])[] = [
  ['cdktf', 'cdktf'],
  ['@cdktf/*', 'provider'],
  ['node:*', 'node:'],
];

function frameworks({ banned }: Room): string {
  const free = kinds.filter(([pattern]) => !banned.includes(pattern)).map(([, name]) => name);
  return free.length === 0 ? 'none: pure' : free.join(', ');
}
