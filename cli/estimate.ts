import type { Io } from './io';
import type { OpenProject } from './project';
import { TerraceError } from '../values/errors';
export async function estimateCommand(_tier: string | undefined, _options: { readonly environment?: string; readonly json?: boolean }, _io: Io, _open: OpenProject): Promise<number> {
  throw new TerraceError('CLI_ESTIMATE_MISSING', 'The estimate is not built yet.');
}
