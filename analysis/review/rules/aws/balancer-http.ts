import type { Rule } from '../../types';
import { allOf, type Condition, everyOf, has, is, not, when } from '../conditions';

/** Whether only the private network reaches its balancer. */
const behindInternal: Condition = (node, graph) => {
  const [balancer] = graph.referenced(node, 'load_balancer_arn');
  return balancer !== undefined && has('internal', true)(balancer, graph);
};

/** A listener for http is fine where it only redirects, or where only the private network sees it. */
export const balancerHttp: Rule = {
  id: 'TRC-AWS-031',
  severity: 'medium',
  summary: 'The load balancer serves http without sending it on to https.',
  why: 'Passwords and sessions travel readable, and a stranger on the way can change what is served.',
  remedy: 'Give the listener a default_action of type redirect with protocol HTTPS.',
  link: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-http-listener.html',
  checkov: ['CKV_AWS_2', 'CKV2_AWS_20', 'CKV_AWS_378'],
  trivy: ['AVD-AWS-0054'],
  breaches: everyOf(
    ['aws_lb_listener', 'aws_alb_listener'],
    when(
      allOf(has('protocol', 'HTTP'), not(behindInternal)),
      allOf(has('default_action.type', 'redirect'), is('default_action.redirect.protocol', 'HTTPS')),
    ),
  ),
};
