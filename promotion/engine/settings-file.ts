import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { settingsWrong } from './errors';
import type { PromotionSettings } from './settings';

const port = z.int().min(1).max(65_535);
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
    poolers: z.array(z.strictObject({ name: z.string(), console: z.strictObject({ host: z.string(), port, user: z.string() }), upstream: z.string(), database: z.string() })).min(1),
  }),
]);
const schema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,62}$/, 'a name of small letters, digits and hyphens'),
  source: serverSchema,
  targets: z.array(serverSchema).min(1).max(64),
  shardKeys: z.record(z.string(), z.string()).optional(),
  appRoles: z.array(z.string().min(1)).min(1).optional(),
  route: routeSchema,
  journal: z.string().default('promotion.jsonl'),
  windowSeconds: z.number().min(1).max(300).optional(),
  stillSeconds: z.number().min(5).optional(),
  targetDiskBytes: z.number().positive().optional(),
});

/**
 * Reads the settings of a promotion from a YAML or JSON file. Passwords are never in it: TERRACE_SOURCE_PASSWORD, TERRACE_TARGET_PASSWORD and
 * TERRACE_POOLER_PASSWORD give them.
 * @throws `PROMOTION_SETTINGS` with everything that is wrong
 */
export function readSettings(file: string, env: NodeJS.ProcessEnv | Readonly<Record<string, string | undefined>>): PromotionSettings {
  const found = schema.safeParse(read(file));
  if (!found.success) throw settingsWrong(file, found.error.issues.map(({ path, message }) => ({ code: 'PROMOTION_SETTING', message, where: path.join('.') || file })));
  const { data } = found;
  const beside = (path: string): string => resolve(dirname(file), path);
  const secret = (name: string): object => (env[name] === undefined ? {} : { password: env[name] });
  const full = ({ authority, ...rest }: z.output<typeof serverSchema>, name: string): object => ({ ...rest, ...secret(name), ...(authority === undefined ? {} : { authority: readFileSync(beside(authority), 'utf8') }) });
  const given = data.route.kind === 'file' ? { ...data.route, file: beside(data.route.file) } : data.route.kind === 'pgbouncer' ? { ...data.route, poolers: data.route.poolers.map((pooler) => ({ ...pooler, upstream: beside(pooler.upstream), console: { ...pooler.console, ...secret('TERRACE_POOLER_PASSWORD') } })) } : data.route;
  return { ...data, source: full(data.source, 'TERRACE_SOURCE_PASSWORD'), targets: data.targets.map((target) => full(target, 'TERRACE_TARGET_PASSWORD')), route: given, journal: beside(data.journal) } as PromotionSettings;
}

function read(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw settingsWrong(file, [{ code: 'PROMOTION_SETTING', message: error instanceof Error ? error.message : String(error), where: file }]);
  }
}
