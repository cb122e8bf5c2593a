import type { Rule } from '../../types';
import { allOf, anyOf, type Condition, everyOf, matches, not, stated } from '../conditions';

/** A chart in a folder beside the configuration changes with it, and by nothing else. */
const isLocal: Condition = allOf(not(stated('repository')), not(matches('chart', /^(?:oci:.*|[^/]*)$/)));

export const chartVersion: Rule = {
  id: 'TRC-K8S-008',
  severity: 'medium',
  summary: 'The chart has no fixed version.',
  why: 'Each apply may install another one, with other resources and other defaults.',
  remedy: 'Set version.',
  link: 'https://registry.terraform.io/providers/hashicorp/helm/latest/docs/resources/release',
  breaches: everyOf(['helm_release'], anyOf(isLocal, allOf(stated('version'), matches('version', /^v?\d+\.\d+\.\d+(?:[-+].*)?$/)))),
};
