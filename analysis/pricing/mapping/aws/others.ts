import { text, textOr, why } from '../read';
import { assembled, unpriced } from '../results';
import { awsType } from './place';

/** Builds by their minutes. */
export const codeBuild = awsType('aws_codebuild_project', (block, at) => {
  const environment = block.values['environment'];
  const first = Array.isArray(environment) ? environment[0] : environment;
  const type =
    typeof first === 'object' && first !== null && !Array.isArray(first)
      ? (first as { readonly compute_type?: unknown }).compute_type
      : undefined;
  if (type !== 'BUILD_GENERAL1_SMALL') return unpriced('the price book has the price of small build machines only');
  return assembled([at.used('build minutes', 'buildMinutes', 'codebuild', 'general1.small', 'minute')]);
});

/** People who sign in. */
export const userPool = awsType('aws_cognito_user_pool', (block, at) => {
  const tier = textOr(block, 'user_pool_tier', 'ESSENTIALS');
  if (tier !== 'ESSENTIALS') return unpriced(`its user_pool_tier is "${tier ?? ''}"; the price book has the price of ESSENTIALS only`);
  return assembled(
    [at.used('active users', 'users', 'cognito', 'essentials/mau', 'MAU-month')],
    ["Cognito: an account's first 10,000 active users a month are free and are not deducted."],
  );
});

/** A line into AWS. */
export const directConnect = awsType('aws_dx_connection', (block, at) => {
  const bandwidth = text(block, 'bandwidth');
  if (bandwidth !== '1Gbps')
    return unpriced(
      bandwidth === undefined ? why(block, 'bandwidth') : `the price book has the price of 1Gbps only, this has ${bandwidth}`,
    );
  return assembled([at.hourly('port of 1 Gbps', 'direct-connect', 'port-1gbps')]);
});
