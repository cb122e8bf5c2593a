import type { ResourceGraph, ResourceNode } from '../../../graph/types';
import type { Rule } from '../../types';
import { companion, everyKept } from '../conditions';

const locked = companion(['aws_s3_bucket_object_lock_configuration'], 'bucket');

/** Buckets that are not in sight belong to another account as a rule, where they should. */
export const trailUnlocked: Rule = {
  id: 'TRC-AWS-064',
  severity: 'medium',
  summary: 'The files of the audit trail can be deleted.',
  why: 'Who breaks in deletes first what tells of it; signed files only show that some are missing.',
  remedy: 'Give the bucket object_lock_enabled, and an aws_s3_bucket_object_lock_configuration with the days for which records are kept.',
  link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html',
  breaches: everyKept(['aws_cloudtrail'], (trail, graph) => {
    const buckets = bucketsOf(trail, graph);
    if (buckets.length === 0) return undefined;
    const answers = buckets.map((bucket) => locked(bucket, graph));
    return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
  }),
};

function bucketsOf(trail: ResourceNode, graph: ResourceGraph): readonly ResourceNode[] {
  return graph.referenced(trail, 's3_bucket_name').filter(({ type }) => type === 'aws_s3_bucket');
}
