import { TerraceError } from '../../values/errors';

/** The place from which deploys are made cannot be read. */
export function sourceUnreadable(remote: string, branch: string, reason: string): TerraceError {
  return new TerraceError(
    'PROMOTION_SOURCE',
    `Branch ${branch} of ${remote}, where deploys read the environment file, cannot be read: ${reason}. Correct promotion.source, or give this machine access; nothing was changed.`,
  );
}
