import type { PlatformId } from '../../tiers/tier';
import { aws } from './aws';
import { digitalocean } from './digitalocean';
import { builds } from './google/builds';
import type { Platform } from './platform';

/** Platforms that are built, by name. Each loads its provider's bindings only when it builds a stack, so that no environment waits for another cloud's. */
export const platforms: Readonly<Partial<Record<PlatformId, Platform>>> = { digitalocean, aws };

/** The cloud that has parts of a tier, and that no environment is at home in. */
export const secondCloud: Pick<Platform, 'id' | 'builds'> = { id: 'google', builds };
