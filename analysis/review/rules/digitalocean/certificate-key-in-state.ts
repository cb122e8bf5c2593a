import type { Rule } from '../../types';
import { allOf, everyOf, isNot, not, stated } from '../conditions';

export const certificateKeyInState: Rule = {
  id: 'TRC-DO-030',
  severity: 'medium',
  summary: 'The private key of the certificate passes through Terraform.',
  why: 'It lies in the state, in plans and in whatever made it, and the certificate ends one day without being renewed.',
  remedy: 'Use type = "lets_encrypt": DigitalOcean makes the key, keeps it and renews the certificate.',
  link: 'https://docs.digitalocean.com/platform/teams/how-to/manage-certificates/',
  breaches: everyOf(['digitalocean_certificate'], allOf(not(stated('private_key')), isNot('type', 'custom'))),
};
