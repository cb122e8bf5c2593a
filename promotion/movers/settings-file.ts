import { z } from 'zod';
import {
  beside,
  completed,
  completedRoute,
  databaseSchema,
  idSchema,
  port,
  routeSchema,
  secret,
  serverSchema,
  type Secrets,
  textOf,
  valid,
} from '../engine/settings-file';
import type { MoveSettings } from './mover-of';

const cacheServer = z.strictObject({
  host: z.string().min(1),
  port: port.default(6379),
  user: z.string().optional(),
  tls: z.boolean().optional(),
  peer: z.strictObject({ host: z.string().min(1), port }).optional(),
});
const cacheSchema = z.strictObject({
  kind: z.literal('cache'),
  id: idSchema,
  use: z.enum(['cache', 'state']),
  source: cacheServer,
  target: cacheServer,
  route: routeSchema,
  copySeconds: z.number().positive().optional(),
});
const bucketSchema = z.strictObject({ endpoint: z.url({ protocol: /^https?$/ }), region: z.string().min(1), bucket: z.string().min(3) });
const objectSchema = z.strictObject({
  kind: z.literal('objects'),
  id: idSchema,
  source: z.union([z.strictObject({ folder: z.string().min(1) }), bucketSchema]),
  target: bucketSchema,
  route: routeSchema,
  atOnce: z.int().min(1).max(64).optional(),
});
const dumpSchema = databaseSchema.extend({
  kind: z.literal('dump'),
  jobs: z.int().min(1).max(32).optional(),
  windowSeconds: z.number().min(1).max(86_400).optional(),
});
const readerSchema = z.strictObject({
  kind: z.literal('readers'),
  id: idSchema,
  source: serverSchema,
  targets: z.array(serverSchema).min(1).max(16),
  route: routeSchema,
  copySeconds: z.number().positive().optional(),
});
const poolerSchema = z.strictObject({
  kind: z.literal('pooler'),
  id: idSchema,
  source: serverSchema,
  target: z.strictObject({ host: z.string().min(1), port, database: z.string().min(1) }),
  route: routeSchema,
});
const schema = z.discriminatedUnion('kind', [
  databaseSchema.extend({ kind: z.literal('postgres') }),
  dumpSchema,
  cacheSchema,
  objectSchema,
  readerSchema,
  poolerSchema,
]);

/**
 * Reads the settings of any move: `kind` says of what, a PostgreSQL database where it is left out. Passwords and keys are never in it: they are
 * TERRACE_SOURCE_PASSWORD, TERRACE_TARGET_PASSWORD (of several also TERRACE_TARGET_1_PASSWORD and so on), TERRACE_POOLER_PASSWORD, and of buckets TERRACE_SOURCE_KEY_ID, TERRACE_SOURCE_SECRET_KEY
 * and the same of the target.
 * @throws `PROMOTION_SETTINGS` with everything that is wrong
 */
export function readMove(file: string, env: Secrets): MoveSettings {
  const text = textOf(file);
  const data = valid(file, schema, typeof text === 'object' && text !== null && !('kind' in text) ? { kind: 'postgres', ...text } : text);
  if (data.kind === 'cache')
    return {
      ...data,
      source: { ...data.source, ...secret('password', env['TERRACE_SOURCE_PASSWORD']) },
      target: { ...data.target, ...secret('password', env['TERRACE_TARGET_PASSWORD']) },
      route: completedRoute(file, data.route, env),
    } as MoveSettings;
  if (data.kind === 'objects')
    return {
      ...data,
      source: 'folder' in data.source ? { folder: beside(file, data.source.folder) } : opened(data.source, 'SOURCE', env),
      target: opened(data.target, 'TARGET', env),
      route: completedRoute(file, data.route, env),
    } as MoveSettings;
  const targets = data.kind === 'pooler' ? [] : data.targets;
  const whole = completed(file, { journal: '', ...data, targets }, env);
  if (data.kind === 'pooler') return { kind: data.kind, id: data.id, source: whole.source, target: data.target, route: whole.route };
  return { ...whole, kind: data.kind } as MoveSettings;
}

/** With the key that opens it. */
function opened(bucket: z.output<typeof bucketSchema>, side: string, env: Secrets): object {
  return {
    ...bucket,
    keyId: env[`TERRACE_${side}_KEY_ID`] ?? '',
    secretKey: env[`TERRACE_${side}_SECRET_KEY`] ?? '',
    ...secret('sessionToken', env[`TERRACE_${side}_SESSION_TOKEN`]),
  };
}
