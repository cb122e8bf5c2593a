import type { Pool } from '../pools';
import { product } from './products';

/** What a DigitalOcean account pays for all its resources together. */
export const digitalOceanPools: readonly Pool[] = [
  {
    id: 'digitalocean/spaces-subscription',
    name: 'Spaces subscription',
    unit: 'month',
    rule: { kind: 'once', product: product('spaces', 'base-subscription') },
  },
  {
    id: 'digitalocean/spaces-storage',
    name: 'Spaces storage beyond the subscription',
    unit: 'GB-month',
    rule: { kind: 'beyond', product: product('spaces', 'additional-storage'), included: product('spaces', 'included-storage') },
  },
  {
    id: 'digitalocean/spaces-transfer',
    name: 'Spaces transfer beyond the subscription',
    unit: 'GB',
    rule: { kind: 'beyond', product: product('spaces', 'transfer-overage'), included: product('spaces', 'included-transfer') },
  },
  {
    id: 'digitalocean/droplet-transfer',
    name: 'outbound transfer beyond the pool',
    unit: 'GB',
    rule: { kind: 'beyond', product: product('droplet', 'bandwidth-overage') },
  },
  {
    id: 'digitalocean/global-requests',
    name: 'global load balancer requests beyond the allowance',
    unit: 'million-requests',
    rule: {
      kind: 'beyond',
      each: true,
      product: product('load-balancer', 'global-requests-overage'),
      included: product('load-balancer', 'global-included-requests'),
    },
  },
  {
    id: 'digitalocean/global-transfer',
    name: 'global load balancer transfer beyond the allowance',
    unit: 'GB',
    rule: {
      kind: 'beyond',
      each: true,
      product: product('load-balancer', 'global-transfer-overage'),
      included: product('load-balancer', 'global-included-transfer'),
    },
  },
  {
    id: 'digitalocean/uptime-checks',
    name: 'uptime check',
    unit: 'month',
    rule: {
      kind: 'after-free',
      free: 1,
      product: product('uptime', 'check-additional'),
      reason: "an account's first uptime check is free",
    },
  },
  {
    id: 'digitalocean/registry-basic',
    name: 'container registry subscription, basic',
    unit: 'month',
    rule: { kind: 'once', product: product('container-registry', 'basic') },
  },
  {
    id: 'digitalocean/registry-professional',
    name: 'container registry subscription, professional',
    unit: 'month',
    rule: { kind: 'once', product: product('container-registry', 'professional') },
  },
  {
    id: 'digitalocean/registry-storage-basic',
    name: 'container registry storage beyond the subscription',
    unit: 'GB-month',
    rule: {
      kind: 'beyond',
      product: product('container-registry', 'storage-overage'),
      included: product('container-registry', 'basic-included-storage'),
    },
  },
  {
    id: 'digitalocean/registry-storage-professional',
    name: 'container registry storage beyond the subscription',
    unit: 'GB-month',
    rule: {
      kind: 'beyond',
      product: product('container-registry', 'storage-overage'),
      included: product('container-registry', 'professional-included-storage'),
    },
  },
  {
    // "3 static sites free", App Platform pricing as recalled, 2025: the book has the price of further ones only.
    id: 'digitalocean/static-sites',
    name: 'static site',
    unit: 'month',
    rule: {
      kind: 'after-free',
      free: 3,
      product: product('app-platform', 'static-site-additional'),
      reason: "an account's first three static sites are free",
    },
  },
];
