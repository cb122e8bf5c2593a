import { TerraceError } from '../../values/errors';

/** A window too short for a switch and the way back: no server would ever have its turn, or two would overlap. */
export function windowTooShort(window: number, healthLimit: number, least: number): TerraceError {
  return new TerraceError(
    'release-window-too-short',
    `A release window of ${window} s is too short for a health limit of ${healthLimit} s. It must be at least ${least} s: 2 1/3 times the limit and 30 s to begin in. Lengthen timing.window or shorten timing.healthLimit.`,
  );
}

/** The scripts that travel to servers lie in the package, and no package is around this code. */
export function packageNotFound(): TerraceError {
  return new TerraceError(
    'server-files-not-found',
    'The scripts for servers were not found: no package.json in a folder above the code. They lie in constructs/server/files of the package; keep that folder beside dist/.',
  );
}
