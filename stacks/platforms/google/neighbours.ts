/** Where Google stands near a region of AWS, and ranges that no other network of an environment has. */
export interface Neighbour {
  readonly region: string;
}

/**
 * The region of Google Cloud beside each region of AWS: the same metropolitan area or country. Names and places recalled from
 * cloud.google.com/about/locations on 2026-11-21, not read.
 */
export const neighbours: Readonly<Record<string, string>> = {
  'us-east-1': 'us-east4',
  'us-east-2': 'us-east5',
  'us-west-1': 'us-west2',
  'us-west-2': 'us-west1',
  'ca-central-1': 'northamerica-northeast1',
  'sa-east-1': 'southamerica-east1',
  'eu-central-1': 'europe-west3',
  'eu-west-1': 'europe-west1',
  'eu-west-2': 'europe-west2',
  'eu-west-3': 'europe-west9',
  'eu-north-1': 'europe-north1',
  'ap-northeast-1': 'asia-northeast1',
  'ap-south-1': 'asia-south1',
  'ap-southeast-1': 'asia-southeast1',
  'ap-southeast-2': 'australia-southeast1',
};

/** Ranges of the second cloud: outside 10.0.0.0/8, from which the networks of the first are taken. */
export const ranges = {
  nodes: '172.20.0.0/20',
  pods: '172.24.0.0/14',
  services: '172.20.16.0/20',
  controlPlane: '172.20.32.0/28',
  /** Databases, which Google runs in a network of its own beside this one. */
  googleServices: { address: '172.20.48.0', length: 20 },
} as const;
