import { App, TerraformResource, TerraformStack } from 'cdktf';
import { factsOf } from '../../analysis/review';
import { waive, waiveAddress } from '../../stacks/waive';

test('waivers survive synthesis, beside the resource and at the top of the stack', () => {
  const stack = new TerraformStack(new App({ skipValidation: true }), 'tier1');
  const bucket = new TerraformResource(stack, 'bucket', { terraformResourceType: 'aws_s3_bucket' });
  bucket.overrideLogicalId('bucket');
  const common = { reason: 'because', owner: 'anna', until: '2027-06-30' };
  waive(bucket, { id: 'guard/unprotected', ...common });
  waive(bucket, { id: 'guard/public', ...common });
  waiveAddress(stack, { id: 'guard/deleted', address: 'aws_sqs_queue.jobs', ...common });
  const json = JSON.parse(JSON.stringify(stack.toTerraform())) as Parameters<typeof factsOf>[0];
  expect(factsOf(json).waivers).toEqual([
    { id: 'guard/deleted', address: 'aws_sqs_queue.jobs', ...common },
    { id: 'guard/unprotected', address: 'aws_s3_bucket.bucket', ...common },
    { id: 'guard/public', address: 'aws_s3_bucket.bucket', ...common },
  ]);
});
