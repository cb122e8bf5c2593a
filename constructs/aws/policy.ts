import { terraformJson } from '../template';

/** A statement that allows actions on resources. */
export function allow(actions: readonly string[], resources: readonly string[]) {
  return { Effect: 'Allow', Action: [...actions], Resource: [...resources] };
}

/** The trust policy of a role that a service of AWS takes: `ec2.amazonaws.com`. */
export function assumedBy(service: string): string {
  return terraformJson({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });
}
