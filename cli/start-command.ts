import type { Io } from './io';
import type { OpenProject } from './project';
import { TerraceError } from '../values/errors';
export async function startCommand(_options: { readonly environment?: string; readonly json?: boolean }, _io: Io, _open: OpenProject): Promise<number> {
  throw new TerraceError('CLI_START_MISSING', 'The start page is not built yet.');
}
