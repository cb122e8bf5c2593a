/** Nothing listens there, so that a call that leaves the machine fails. */
const nowhere = 'http://127.0.0.1:9';

/** Arguments with which the AWS provider asks nobody before it plans. */
export const offlineArguments = {
  skip_credentials_validation: true,
  skip_requesting_account_id: true,
  skip_metadata_api_check: 'true',
  skip_region_validation: true,
};

/** Surroundings in which it reaches nobody, at once, and finds nobody's keys. */
export const offlineSurroundings = {
  HTTP_PROXY: nowhere,
  HTTPS_PROXY: nowhere,
  NO_PROXY: '',
  AWS_ENDPOINT_URL: nowhere,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_MAX_ATTEMPTS: '1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
};
