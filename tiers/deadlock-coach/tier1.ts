import type { Tier } from '../tier';
import { backup, billedApartOnAws, configuration, storageFromTheStart, network, storage } from './common';

/** Document lines 19 to 35: everything on one server. */
export const tier1: Tier = {
  id: 'tier1',
  roadmap: 'deadlock-coach',
  stated: 'tier-1',
  name: 'MVP',
  dailyUsers: 10,
  platforms: ['digitalocean', 'aws'],
  components: [
    network,
    configuration,
    { id: 'app', kind: 'app-servers', runtime: 'server', count: { fixed: 1 }, vcpus: 2, memoryGib: 4, exposure: 'direct' },
    {
      id: 'database',
      kind: 'database',
      engine: 'postgresql',
      version: '17',
      hosting: { hosting: 'server', server: 'app', volumeGib: 10, memoryGib: 0.5 },
    },
    {
      id: 'inference',
      kind: 'inference',
      host: { placement: 'shared', server: 'app' },
      model: 'llama-3.2-3b-instruct-q4',
      memoryLimitGib: 2.75,
    },
    storage,
    backup,
    { id: 'monitoring', kind: 'monitoring', servers: ['app'], thresholdPercent: 80 },
    { id: 'dns', kind: 'dns', target: 'app', ttlSeconds: 300 },
  ],
  objectives: {
    availabilityPercent: '99.5',
    rpoMinutes: 5,
    rtoMinutes: 60,
    note: 'One server: best effort. The document asks for 99.9 % of every tier (line 231), which nothing without redundancy can promise. On AWS, which promises 99.5 % of one instance and 99.9 % of its volume, all of it reaches 99.30 %.',
  },
  deviations: [
    {
      component: 'inference',
      stated: '7B parameters, quantized, in 4 GB',
      deployed: 'a 3B model, at most 2.75 GB of memory',
      reason:
        'The weights of a 7B model alone take 4.2 GB (4-bit), more than the server has; the largest model that leaves room for the application and PostgreSQL is a 3B.',
      lines: '21-23',
    },
    storageFromTheStart,
    {
      component: 'database',
      stated: 'PostgreSQL on the server',
      deployed: 'PostgreSQL on the server, its data on a volume of its own',
      reason: 'The server can then be replaced, or the data promoted, without copying the disk.',
      lines: '22',
    },
    {
      component: 'backup',
      stated: 'backup storage, $3',
      deployed: 'WAL archive and base backups in a private bucket',
      reason:
        "DigitalOcean's droplet backups do not cover volumes, and come once a day at best: a day of writes would be lost, not minutes.",
      lines: '29',
    },
  ],
  statedCosts: [
    { line: 'server', component: 'app' },
    { line: 'domain-ssl', component: 'dns' },
    { line: 'backup', component: 'backup' },
  ],
  costExplanations: [
    { component: 'dns', reason: 'A zone and its certificates are free here; the domain itself is bought from a registrar.' },
    { component: 'backup', reason: 'One Spaces subscription, which covers every bucket; droplet backups would miss the volume.' },
    { component: 'database', reason: 'The data volume, which the document does not have.' },
    ...billedApartOnAws,
    {
      component: 'app',
      platform: 'aws',
      reason: 'Two burstable vCPUs with 4 GB cost more there, and disk, public address and traffic are billed apart.',
    },
    { component: 'database', platform: 'aws', reason: 'The data volume, which the document does not have.' },
    { component: 'backup', platform: 'aws', reason: 'A bucket is paid by what it keeps and by its requests; there is no subscription.' },
  ],
};
