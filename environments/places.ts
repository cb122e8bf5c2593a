import type { PlatformId } from '../tiers/tier';
import type { Environment, ParsedEnvironment } from './schema';

/** Where an environment stands as a whole, and which of its components stand elsewhere. */
export function placesOf(platform: ParsedEnvironment['platform']): Pick<Environment, 'platform' | 'placements'> {
  if (typeof platform === 'string') return { platform };
  const { default: home, ...named } = platform;
  const placements = Object.fromEntries(Object.entries(named).map(([id, given]) => [id, typeof given === 'string' ? [given] : given]));
  return { platform: home, ...(Object.keys(placements).length === 0 ? {} : { placements }) };
}

/** The platform of everything that a file does not place by itself. */
export function homeOf(platform: ParsedEnvironment['platform']): PlatformId {
  return placesOf(platform).platform;
}
