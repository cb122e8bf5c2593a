import type { Rule } from '../../types';
import { anyOf, everyOf, is } from '../conditions';
import { serverTypes, starting } from './servers';

export const instanceMetadata: Rule = {
  id: 'TRC-AWS-012',
  severity: 'medium',
  summary: "The server's metadata service answers without a token.",
  why: "A web application that can be made to fetch an address gives away the credentials of the server's role.",
  remedy: 'Set metadata_options { http_tokens = "required" }.',
  link: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html',
  checkov: ['CKV_AWS_79'],
  trivy: ['AVD-AWS-0028', 'AVD-AWS-0130'],
  breaches: everyOf(
    serverTypes,
    starting(['metadata_options'], anyOf(is('metadata_options.http_tokens', 'required'), is('metadata_options.http_endpoint', 'disabled'))),
  ),
};
