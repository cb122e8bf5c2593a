import type { Rule } from '../../types';
import { allOf, everyOf, has, not } from '../conditions';

export const corsFromEverywhere: Rule = {
  id: 'TRC-DO-036',
  severity: 'low',
  summary: "Every website may use the bucket from its visitors' browsers to change it.",
  why: 'A signed link that leaks can be used from any page.',
  remedy: 'Name the origins that may PUT, POST or DELETE.',
  link: 'https://docs.digitalocean.com/products/spaces/how-to/configure-cors/',
  breaches: everyOf(
    ['digitalocean_spaces_bucket', 'digitalocean_spaces_bucket_cors_configuration'],
    not(allOf(has('cors_rule.allowed_origins', '*'), has('cors_rule.allowed_methods', 'PUT', 'POST', 'DELETE'))),
  ),
};
