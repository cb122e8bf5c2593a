import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { settingsWrong } from '../engine/errors';
import type { PromotionSettings } from '../engine/settings';
import { routeSchema, serverSchema } from '../engine/settings-file';
import { type GivenFacts, readFacts } from '../plan';
import type { ServerSettings } from '../postgres/session';
import { messageOf } from '../../values/errors';

/** How this machine reaches the databases, and what only a person knows: everything that the state does not say. */
export interface Access {
  readonly source?: Partial<ServerSettings>;
  /** One server, or one for each shard. */
  readonly targets?: readonly Partial<ServerSettings>[];
  readonly route?: PromotionSettings['route'];
  /** As whom to speak to the app servers over SSH, and where, by their names. */
  readonly ssh?: SshAccess;
  /** Files with the settings of other moves, by component, in the place of what the state says. */
  readonly moves?: Readonly<Record<string, string>>;
  /** What is known of the data; see docs/promote.md. */
  readonly facts?: GivenFacts;
  readonly more: Pick<
    PromotionSettings,
    'shardKeys' | 'appRoles' | 'windowSeconds' | 'stillSeconds' | 'targetDiskBytes' | 'sourceDiskBytes' | 'slotBytes'
  >;
}

export interface SshAccess {
  /** What takes the place of ssh. @default ssh */
  readonly program: string;
  /** @default root */
  readonly user: string;
  /** Arguments of ssh before the address, such as `-J bastion`. */
  readonly options: readonly string[];
  /** Addresses by the servers' names. @default - their private ones */
  readonly hosts: Readonly<Record<string, string>>;
}

const part = serverSchema.extend({ port: serverSchema.shape.port.unwrap() }).partial();
const schema = z.strictObject({
  source: part.optional(),
  target: part.optional(),
  targets: z.array(part).min(1).max(64).optional(),
  route: routeSchema.optional(),
  ssh: z
    .strictObject({
      program: z.string().min(1).default('ssh'),
      user: z
        .string()
        .regex(/^[a-z_][a-z0-9_-]*$/)
        .default('root'),
      options: z.array(z.string()).default([]),
      hosts: z.record(z.string(), z.string().min(1)).default({}),
    })
    .optional(),
  facts: z.unknown().optional(),
  moves: z.record(z.string(), z.string().min(1)).optional(),
  shardKeys: z.record(z.string(), z.string()).optional(),
  appRoles: z.array(z.string().min(1)).min(1).optional(),
  windowSeconds: z.number().min(1).max(300).optional(),
  stillSeconds: z.number().min(5).optional(),
  targetDiskBytes: z.number().positive().optional(),
  sourceDiskBytes: z.number().positive().optional(),
  slotBytes: z.number().positive().optional(),
});

/**
 * Reads what a person gives of the way to the databases; nothing where there is no such file. Passwords are never in it: they come from
 * TERRACE_SOURCE_PASSWORD, TERRACE_TARGET_PASSWORD (of several TERRACE_TARGET_1_PASSWORD and so on) and TERRACE_POOLER_PASSWORD, and where those are
 * not set from the state.
 * @throws `PROMOTION_SETTINGS` with everything that is wrong
 */
export function readAccess(file: string): Access {
  if (!existsSync(file)) return { more: {} };
  const found = schema.safeParse(read(file));
  if (!found.success)
    throw settingsWrong(
      file,
      found.error.issues.map(({ path, message }) => ({ code: 'PROMOTION_SETTING', message, where: path.join('.') || file })),
    );
  const { source, target, targets, route, ssh, facts, moves, ...more } = found.data;
  const beside = (path: string): string => resolve(dirname(file), path);
  const full = ({ authority, ...rest }: z.output<typeof part>): object => ({
    ...rest,
    ...(authority === undefined ? {} : { authority: readFileSync(beside(authority), 'utf8') }),
  });
  const given = targets ?? (target === undefined ? undefined : [target]);
  return {
    ...(source === undefined ? {} : { source: full(source) }),
    ...(given === undefined ? {} : { targets: given.map(full) }),
    ...(route === undefined
      ? {}
      : {
          route:
            route.kind === 'file'
              ? { ...route, file: beside(route.file) }
              : route.kind === 'pgbouncer'
                ? { ...route, poolers: route.poolers.map((pooler) => ({ ...pooler, upstream: beside(pooler.upstream) })) }
                : route,
        }),
    ...(ssh === undefined ? {} : { ssh }),
    ...(moves === undefined ? {} : { moves: Object.fromEntries(Object.entries(moves).map(([id, path]) => [id, beside(path)])) }),
    ...(facts === undefined ? {} : { facts: readFacts(facts) }),
    more,
  } as Access;
}

function read(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8')) ?? {};
  } catch (error) {
    throw settingsWrong(file, [{ code: 'PROMOTION_SETTING', message: messageOf(error), where: file }]);
  }
}
