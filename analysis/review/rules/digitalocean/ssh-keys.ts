import type { Rule } from '../../types';
import { anyOf, everyOf, stated } from '../conditions';

export const sshKeys: Rule = {
  id: 'TRC-DO-004',
  severity: 'medium',
  summary: 'The droplet is made without an SSH key.',
  why: 'DigitalOcean then mails a root password, and password logins are on.',
  remedy: 'Set ssh_keys, or bring keys in and switch passwords off with user data.',
  link: 'https://docs.digitalocean.com/products/droplets/how-to/add-ssh-keys/',
  checkov: ['CKV_DIO_2'],
  trivy: ['AVD-DIG-0004'],
  breaches: everyOf(
    ['digitalocean_droplet', 'digitalocean_droplet_autoscale'],
    anyOf(stated('ssh_keys'), stated('droplet_template.ssh_keys')),
  ),
};
