import type { Json, ReleaseInput } from './types';

/** Key of a group's release document in the `config` bucket. */
export function documentKey(group: string): string {
  return `releases/${group}.json`;
}

/**
 * What a server needs for the two applies of a rotation: the newest key, which it stores and tries, and the generations that are valid,
 * so that it forgets the others once it has read this with a valid one. Nothing where the machine's own role opens the channel.
 */
export function channelFacts({ channelKeys }: ReleaseInput): Json {
  if (channelKeys === undefined) return null;
  const { generation, accessKeyId, secretKey } = channelKeys.newest;
  return { newest: { generation, accessKeyId, secretKey }, valid: [...channelKeys.valid] };
}
