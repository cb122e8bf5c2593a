import type { Rule } from '../../types';
import { allOf, everyOf, holding, isNot } from '../conditions';

/** 1,576,800,000 seconds is the provider's default, 50 years; a year is the longest that passes here. */
export const registryCredentials: Rule = {
  id: 'TRC-DO-038',
  severity: 'medium',
  summary: "The registry's credentials may write, or hold for more than a year.",
  why: 'They lie in the state and on whatever pulls images; who finds them there can publish an image that your servers run.',
  remedy: 'Set write = false and expiry_seconds to the time between two deploys.',
  link: 'https://registry.terraform.io/providers/digitalocean/digitalocean/latest/docs/resources/container_registry_docker_credentials',
  breaches: everyOf(
    ['digitalocean_container_registry_docker_credentials'],
    allOf(
      isNot('write', true),
      holding('expiry_seconds', ([seconds]) => Number(seconds ?? 1_576_800_000) <= 31_536_000),
    ),
  ),
};
