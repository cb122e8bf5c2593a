import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { BackupRepository } from '../../constructs/server/types';
import type { ServerSettings } from '../postgres/session';
import { drillSettingsWrong } from './errors';
import { messageOf } from '../../values/errors';

const port = z.int().min(1).max(65_535);
const schema = z.strictObject({
  source: z.strictObject({
    host: z.string().min(1),
    port: port.default(5432),
    database: z.string().min(1),
    user: z.string().min(1),
    sslmode: z.enum(['disable', 'require', 'verify-full']).optional(),
    authority: z.string().optional(),
  }),
  repository: z
    .strictObject({
      endpoint: z.string().min(1).optional(),
      bucket: z.string().min(1).optional(),
      region: z.string().min(1).optional(),
      path: z.string().startsWith('/').optional(),
      uriStyle: z.enum(['host', 'path']).optional(),
      port: port.optional(),
      verifyTls: z.boolean().optional(),
    })
    .optional(),
  restored: z.strictObject({ host: z.string().min(1), port }).optional(),
});

/** What a drill is told of an environment, beyond its file. */
export interface DrillSettings {
  readonly source: ServerSettings;
  /** What differs from the environment's own bucket of backups. */
  readonly repository: Partial<BackupRepository>;
  /** How a database that the provider has restored is reached from here. @default - as the provider says */
  readonly restored?: { readonly host: string; readonly port: number };
}

/**
 * Reads the settings of a drill from a YAML or JSON file. Secrets are never in it: TERRACE_SOURCE_PASSWORD, and for a bucket of backups
 * TERRACE_BACKUP_KEY_ID and TERRACE_BACKUP_KEY_SECRET, give them.
 * @throws `DRILL_SETTINGS` with everything that is wrong
 */
export function readDrillSettings(file: string, env: Readonly<Record<string, string | undefined>>): DrillSettings {
  const found = schema.safeParse(read(file));
  if (!found.success)
    throw drillSettingsWrong(
      file,
      found.error.issues.map(({ path, message }) => ({ code: 'DRILL_SETTING', message, where: path.join('.') || file })),
    );
  const {
    source: { authority, ...source },
    repository = {},
    restored,
  } = found.data;
  const [password, accessKeyId, secretKey] = ['TERRACE_SOURCE_PASSWORD', 'TERRACE_BACKUP_KEY_ID', 'TERRACE_BACKUP_KEY_SECRET'].map(
    (name) => env[name],
  );
  return {
    source: {
      ...source,
      ...(password === undefined ? {} : { password }),
      ...(authority === undefined ? {} : { authority: readFileSync(resolve(dirname(file), authority), 'utf8') }),
    } as ServerSettings,
    repository: {
      ...repository,
      ...(accessKeyId === undefined ? {} : { accessKeyId }),
      ...(secretKey === undefined ? {} : { secretKey }),
    } as Partial<BackupRepository>,
    ...(restored === undefined ? {} : { restored }),
  };
}

function read(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw drillSettingsWrong(file, [{ code: 'DRILL_SETTING', message: messageOf(error), where: file }]);
  }
}
