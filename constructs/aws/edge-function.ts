import { CloudfrontFunction } from '@cdktf/provider-aws/lib/cloudfront-function';
import { Construct } from 'constructs';
import { terraformText } from '../template';

export interface EdgeFunctionProps {
  /** Name in the account. */
  readonly name: string;
  /** What it is for, in a few words. */
  readonly comment: string;
  /** JavaScript with a function `handler(event)`; at most 10 KB, no network, a millisecond of time. */
  readonly code: string;
}

/** Code that runs in every place of the CDN, before its cache. */
export class EdgeFunction extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, comment, code }: EdgeFunctionProps) {
    super(scope, id);
    this.arn = new CloudfrontFunction(this, 'Resource', {
      name,
      comment,
      runtime: 'cloudfront-js-2.0',
      publish: true,
      code: terraformText(code),
    }).arn;
  }
}
