import { TerraceError } from '../values/errors';

/** A file that is not what `terrace-status --json` prints. */
export function notAStatus(file: string): TerraceError {
  return new TerraceError(
    'CLI_NOT_A_STATUS',
    `${file} is not what "terrace-status --json" prints on a server: one JSON object with server and channelKey. Ask the server again: ssh root@SERVER terrace-status --json > ${file}`,
    [],
    2,
  );
}

/** There is one key only, so that nothing can be retired. */
export function notRotating(file: string, key: number): TerraceError {
  return new TerraceError(
    'CLI_NOT_ROTATING',
    `channelKeys in ${file} is [${key}]: no key waits to be retired. A rotation begins with channelKeys: [${key}, ${key + 1}] and a deploy.`,
  );
}

/** On this platform servers read the channel by their own identity. */
export function noChannelKeys(environment: string, platform: string): TerraceError {
  return new TerraceError(
    'CLI_NO_CHANNEL_KEYS',
    `${environment} runs on ${platform}, where servers read the channel by their own identity: there are no keys to rotate.`,
  );
}
