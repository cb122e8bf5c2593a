import type { PlatformId } from '../../tiers/tier';
import { digitalocean } from './digitalocean';
import type { Platform } from './platform';

/** Platforms that are built, by name. */
export const platforms: Readonly<Partial<Record<PlatformId, Platform>>> = { digitalocean };
