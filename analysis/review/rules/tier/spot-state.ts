import type { Rule } from '../../types';
import { anyOf, companion, everyOf, not, stated, when } from '../conditions';

export const spotState: Rule = {
  id: 'TRC-TIER-009',
  severity: 'high',
  summary: "Data lives on a server that may be taken away at two minutes' notice.",
  why: 'Its disk goes with it, or hangs without a server until someone attaches it again.',
  remedy: 'Run what holds data on ordinary servers; spot is for what can be started anew.',
  link: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-interruptions.html',
  breaches: everyOf(
    ['aws_instance', 'aws_spot_instance_request'],
    when(
      anyOf(stated('instance_market_options'), (node) => node.type === 'aws_spot_instance_request'),
      not(companion(['aws_volume_attachment'], 'instance_id')),
    ),
  ),
};
