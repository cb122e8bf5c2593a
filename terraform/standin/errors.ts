import { TerraceError } from '../../values/errors';

/** The file with the stand-in's objects cannot be read. */
export function sandboxUnreadable(path: string, reason: string): TerraceError {
  return new TerraceError(
    'STANDIN_SANDBOX_UNREADABLE',
    `${path} does not hold a sandbox: ${reason}. Repair it, or delete it to start with an empty account (Terraform then plans to create everything again).`,
  );
}

/** Another process holds the file for too long. */
export function sandboxLocked(lock: string, seconds: number, holder: string): TerraceError {
  return new TerraceError(
    'STANDIN_SANDBOX_LOCKED',
    `${lock} has been held for more than ${seconds} s by ${holder}. If no Terraform is running against this sandbox, delete that file.`,
  );
}

/** The compiled plugin that a mirror would start is missing. */
export function pluginNotBuilt(path: string): TerraceError {
  return new TerraceError(
    'STANDIN_NOT_BUILT',
    `${path} is missing: the provider file in a mirror starts the compiled stand-in. Build it with: npm run build`,
  );
}
