import type { App } from 'cdktf';
import { jsonFragment } from '../constructs/template';
import type { Environment } from '../environments/schema';
import type { Tier } from '../tiers/tier';
import { addBackend } from './backend';
import type { Lock } from './locks';
import type { Platform } from './platforms/platform';
import { addressMarks } from './platforms/naming';
import { TierStack } from './tier-stack';

/** Adds the stack of a tier to an app. @param lock what it refuses with, where the environment is not at this tier */
export function buildTier(app: App, platform: Platform, environment: Environment, tier: Tier, lock: Lock | undefined): TierStack {
  const stack = new TierStack(app, tier.id, {
    lock,
    recorded: { tier: tier.id, generations: environment.generations, disposable: environment.disposable !== undefined },
    addressMarks: addressMarks(environment, tier),
    literals: Object.values(environment.app.settings).map(jsonFragment),
  });
  addBackend(stack, environment);
  platform.build(stack, environment, tier);
  return stack;
}
