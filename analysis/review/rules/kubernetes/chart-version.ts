import type { Rule } from '../../types';
import { all, everyOf, matches, stated } from '../conditions';

export const chartVersion: Rule = {
  id: 'TRC-K8S-008',
  severity: 'medium',
  summary: 'The chart has no fixed version.',
  why: 'Each apply may install another one, with other resources and other defaults.',
  remedy: 'Set version.',
  link: 'https://registry.terraform.io/providers/hashicorp/helm/latest/docs/resources/release',
  breaches: everyOf(['helm_release'], all(stated('version'), matches('version', /^v?\d+\.\d+\.\d+(?:[-+].*)?$/))),
};
