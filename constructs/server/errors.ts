import { TerraceError } from '../../values/errors';

/** The scripts that travel to servers lie in the package, and no package is around this code. */
export function packageNotFound(): TerraceError {
  return new TerraceError(
    'server-files-not-found',
    'The scripts for servers were not found: no package.json in a folder above the code. They lie in constructs/server/files of the package; keep that folder beside dist/.',
  );
}
