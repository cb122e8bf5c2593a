import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log';
import { Construct } from 'constructs';
import { allow } from './policy';
import { named } from './site';
import { trustedRole } from './trusted-role';

export interface FlowRecordsProps {
  /** Name in the account, which roles share over all regions. */
  readonly name: string;
  readonly vpcId: string;
}

/** Who talked to whom in a network, refused and admitted, by ten minutes; kept for thirty days in a log that is billed by what is written. */
export class FlowRecords extends Construct {
  constructor(scope: Construct, id: string, { name, vpcId }: FlowRecordsProps) {
    super(scope, id);
    const log = new CloudwatchLogGroup(this, 'log', { name: `/terrace/${name}`, retentionInDays: 30, ...named(name) });
    const write = allow(['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], [`${log.arn}:*`]);
    const role = trustedRole(this, 'role', { name, trusted: { service: 'vpc-flow-logs.amazonaws.com' }, statements: [write] });
    new FlowLog(this, 'Resource', {
      vpcId,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logDestination: log.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 600,
      ...named(name),
    });
  }
}
