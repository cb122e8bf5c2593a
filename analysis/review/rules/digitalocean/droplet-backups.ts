import type { Rule } from '../../types';
import { everyKept, is } from '../conditions';

export const dropletBackups: Rule = {
  id: 'TRC-DO-015',
  severity: 'low',
  summary: 'The droplet is not backed up.',
  why: 'What lies on its own disk is lost with it.',
  remedy: 'Set backups = true, or keep data on volumes, databases and buckets that are saved another way.',
  link: 'https://docs.digitalocean.com/products/backups/',
  breaches: everyKept(['digitalocean_droplet'], is('backups', true)),
};
