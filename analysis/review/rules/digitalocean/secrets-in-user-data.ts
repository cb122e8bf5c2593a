import type { Rule } from '../../types';
import { allOf, everyOf } from '../conditions';
import { holdsNoSecret } from '../secrets';

export const secretsInUserData: Rule = {
  id: 'TRC-DO-042',
  severity: 'high',
  summary: 'The user data holds what looks like a secret.',
  why: 'Every process on the server can read it from the metadata service, and it lies in the state.',
  remedy: "Bring secrets in by another way, such as a bucket that only the server's key opens.",
  link: 'https://docs.digitalocean.com/products/droplets/how-to/provide-user-data/',
  breaches: everyOf(
    ['digitalocean_droplet', 'digitalocean_droplet_autoscale'],
    allOf(holdsNoSecret('user_data'), holdsNoSecret('droplet_template.user_data')),
  ),
};
