// Generated from catalog/digitalocean/images.csv by `npm run compile`. Do not edit.
import type { Image } from './types';

export const images: readonly Image[] = [
  { slug: 'almalinux-8-x64', distribution: 'almalinux', release: '8', kind: 'plain', source: 'GET /v2/images (README of the DigitalOcean facts)', asOf: '2026-08-21' },
  { slug: 'almalinux-9-x64', distribution: 'almalinux', release: '9', kind: 'plain', source: 'GET /v2/images (README of the DigitalOcean facts)', asOf: '2026-08-21' },
  { slug: 'almalinux-10-x64', distribution: 'almalinux', release: '10', kind: 'plain', source: 'GET /v2/images (README of the DigitalOcean facts)', asOf: '2026-08-21' },
  { slug: 'centos-stream-9-x64', distribution: 'centos-stream', release: '9', kind: 'plain', source: 'GET /v2/images (README of the DigitalOcean facts)', asOf: '2026-08-21' },
  { slug: 'centos-stream-10-x64', distribution: 'centos-stream', release: '10', kind: 'plain', source: 'GET /v2/images (README of the DigitalOcean facts)', asOf: '2026-08-21' },
  { slug: 'debian-13-x64', distribution: 'debian', release: '13', kind: 'plain', source: 'GET /v2/images (README of the DigitalOcean facts)', asOf: '2026-08-21' },
  { slug: 'fedora-43-x64', distribution: 'fedora', release: '43', kind: 'plain', source: 'GET /v2/images (README of the DigitalOcean facts)', asOf: '2026-08-21' },
  { slug: 'fedora-44-x64', distribution: 'fedora', release: '44', kind: 'plain', source: 'GET /v2/images (README of the DigitalOcean facts)', asOf: '2026-08-21' },
  { slug: 'rockylinux-8-x64', distribution: 'rockylinux', release: '8', kind: 'plain', source: 'GET /v2/images (README of the DigitalOcean facts)', asOf: '2026-08-21' },
  { slug: 'rockylinux-9-x64', distribution: 'rockylinux', release: '9', kind: 'plain', source: 'GET /v2/images (README of the DigitalOcean facts)', asOf: '2026-08-21' },
  { slug: 'rockylinux-10-x64', distribution: 'rockylinux', release: '10', kind: 'plain', source: 'GET /v2/images (README of the DigitalOcean facts)', asOf: '2026-08-21' },
  { slug: 'ubuntu-22-04-x64', distribution: 'ubuntu', release: '22.04', kind: 'plain', source: 'GET /v2/images (README of the DigitalOcean facts)', asOf: '2026-08-21' },
  { slug: 'ubuntu-24-04-x64', distribution: 'ubuntu', release: '24.04', kind: 'plain', source: 'GET /v2/images (README of the DigitalOcean facts)', asOf: '2026-08-21' },
  { slug: 'ubuntu-26-04-x64', distribution: 'ubuntu', release: '26.04', kind: 'plain', source: 'GET /v2/images (README of the DigitalOcean facts)', asOf: '2026-08-21' },
  { slug: 'gpu-h100x1-base', distribution: 'ubuntu', release: 'unknown', kind: 'nvidia-1', source: 'GET /v2/images (README of the DigitalOcean facts)', asOf: '2026-08-21' },
  { slug: 'gpu-h100x8-base', distribution: 'ubuntu', release: 'unknown', kind: 'nvidia-8', source: 'GET /v2/images (README of the DigitalOcean facts)', asOf: '2026-08-21' },
  { slug: 'gpu-amd-base', distribution: 'ubuntu', release: 'unknown', kind: 'amd', source: 'GET /v2/images (README of the DigitalOcean facts)', asOf: '2026-08-21' },
];
