import type { Io } from './io';
import type { OpenProject } from './project';
import { TerraceError } from '../values/errors';
export async function sandbox(_action: string, _tier: string, _options: { readonly environment?: string; readonly json?: boolean }, _io: Io, _open: OpenProject): Promise<number> {
  throw new TerraceError('CLI_SANDBOX_MISSING', 'The stand-in is not built yet.');
}
