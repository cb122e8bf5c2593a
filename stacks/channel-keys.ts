import type { Environment } from '../environments/schema';
import { remember, type TierStack } from './tier-stack';

/** Address of what the state remembers of the channel's keys. */
export const recordedChannelKeys = 'recorded_channel_keys';

/**
 * Makes the state remember the oldest key that servers may still read with. Retiring it replaces this record, which is refused
 * until every server is named as having acknowledged a newer one: a key that is gone too early leaves a server without releases,
 * and without the secrets and admin keys that come with them.
 * @param servers names of all servers that read from the channel
 */
export function recordChannelKeys(stack: TierStack, environment: Environment, servers: readonly string[]): void {
  const oldest = Math.min(...environment.channelKeys);
  const free = environment.disposable !== undefined || missingAcknowledgements(environment, servers).length === 0;
  remember(stack, recordedChannelKeys, `key ${oldest} and later`, free).addOverride('input', [...servers].sort());
}

/** Servers that are not known to read with the oldest key that stays valid. */
export function missingAcknowledgements(
  { channelKeys, channelAcknowledged }: Pick<Environment, 'channelKeys' | 'channelAcknowledged'>,
  servers: readonly string[],
): string[] {
  const named = channelAcknowledged !== undefined && channelAcknowledged.key >= Math.min(...channelKeys) ? channelAcknowledged.servers : [];
  return servers.filter((server) => !named.includes(server));
}
