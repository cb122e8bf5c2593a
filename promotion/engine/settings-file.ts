import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { settingsWrong } from './errors';
import type { PromotionSettings } from './settings';
import { messageOf } from '../../values/errors';

export const port = z.int().min(1).max(65_535);
/** A PostgreSQL server as a file names it. */
export const serverSchema = z.strictObject({
  host: z.string().min(1),
  port: port.default(5432),
  database: z.string().min(1),
  user: z.string().min(1),
  sslmode: z.enum(['disable', 'require', 'verify-full']).optional(),
  /** A file with the certificate of the authority. */
  authority: z.string().optional(),
  peer: z.strictObject({ host: z.string().min(1), port }).optional(),
});
/** What leads the app, as a file names it. */
export const routeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), file: z.string().min(1) }),
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('pgbouncer'),
    poolers: z
      .array(
        z.strictObject({
          name: z.string(),
          console: z.strictObject({ host: z.string(), port, user: z.string() }),
          upstream: z.string(),
          database: z.string(),
        }),
      )
      .min(1),
  }),
]);
/** Names a promotion. */
export const idSchema = z.string().regex(/^[a-z][a-z0-9-]{1,62}$/, 'a name of small letters, digits and hyphens');
/** A move of a database, as a file names it. */
export const databaseSchema = z.strictObject({
  id: idSchema,
  source: serverSchema,
  targets: z.array(serverSchema).min(1).max(64),
  shardKeys: z.record(z.string(), z.string()).optional(),
  shardKey: z.string().min(1).optional(),
  appRoles: z.array(z.string().min(1)).min(1).optional(),
  route: routeSchema,
  journal: z.string().default('promotion.jsonl'),
  windowSeconds: z.number().min(1).max(300).optional(),
  stillSeconds: z.number().min(5).optional(),
  largeTableBytes: z.number().min(0).optional(),
  targetDiskBytes: z.number().positive().optional(),
  sourceDiskBytes: z.number().positive().optional(),
  slotBytes: z.number().positive().optional(),
});

/** Where values come from that are in no file: passwords, keys. */
export type Secrets = NodeJS.ProcessEnv | Readonly<Record<string, string | undefined>>;

/** What a file says, if it says what it may. @throws `PROMOTION_SETTINGS` */
export function valid<T>(file: string, schema: z.ZodType<T>, given: unknown): T {
  const found = schema.safeParse(given);
  if (found.success) return found.data;
  throw settingsWrong(
    file,
    found.error.issues.map(({ path, message }) => ({ code: 'PROMOTION_SETTING', message, where: path.join('.') || file })),
  );
}

/** With passwords, and paths as seen from anywhere. */
export function completed<T extends Pick<z.output<typeof databaseSchema>, 'id' | 'source' | 'targets' | 'route' | 'journal'>>(
  file: string,
  data: T,
  env: Secrets,
): PromotionSettings {
  const full = ({ authority, ...rest }: z.output<typeof serverSchema>, password: string | undefined): object => ({
    ...rest,
    ...secret('password', password),
    ...(authority === undefined ? {} : { authority: readFileSync(beside(file, authority), 'utf8') }),
  });
  return {
    ...data,
    source: full(data.source, env['TERRACE_SOURCE_PASSWORD']),
    targets: data.targets.map((target, index, { length }) => full(target, targetPassword(index, length, env))),
    route: completedRoute(file, data.route, env),
    journal: beside(file, data.journal),
  } as PromotionSettings;
}

/** Of several servers each has its own, `TERRACE_TARGET_1_PASSWORD` the first; one that has none has that of all. */
function targetPassword(index: number, count: number, env: Secrets): string | undefined {
  return (count === 1 ? undefined : ownPassword(index, env)) ?? env['TERRACE_TARGET_PASSWORD'];
}

/** The password of one of several servers, counted from nought. */
export function ownPassword(index: number, env: Secrets): string | undefined {
  return env[`TERRACE_TARGET_${index + 1}_PASSWORD`];
}

export function completedRoute(file: string, route: z.output<typeof routeSchema>, env: Secrets): PromotionSettings['route'] {
  if (route.kind === 'file') return { ...route, file: beside(file, route.file) };
  if (route.kind === 'none') return route;
  return {
    ...route,
    poolers: route.poolers.map((pooler) => ({
      ...pooler,
      upstream: beside(file, pooler.upstream),
      console: { ...pooler.console, ...secret('password', env['TERRACE_POOLER_PASSWORD']) },
    })),
  };
}

export function beside(file: string, path: string): string {
  return resolve(dirname(file), path);
}

export function secret(name: string, value: string | undefined): Readonly<Record<string, string>> {
  return value === undefined ? {} : { [name]: value };
}

/** A file as YAML, of which JSON is a part. @throws `PROMOTION_SETTINGS` */
export function textOf(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw settingsWrong(file, [{ code: 'PROMOTION_SETTING', message: messageOf(error), where: file }]);
  }
}
