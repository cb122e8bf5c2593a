/** Roadmaps that can be deployed. Others are known as data and follow. */
export const deployableRoadmaps = ['deadlock-coach'] as const;

/**
 * Names that Terrace itself gives to the app on the server; an environment file cannot set them.
 * The value says what the name holds.
 */
export const reservedSettings: Readonly<Record<string, string>> = {
  DATABASE_URL: 'where the database answers',
  DATABASE_REPLICA_URL: 'where the read replica answers',
  REDIS_URL: 'where the cache answers',
  REDIS_CLUSTER: 'whether only clients that speak the cluster protocol find every key in the cache',
  INFERENCE_URL: 'where the language model answers',
  ASSETS_URL: 'where static files are served from',
  STORAGE_BUCKET: 'the bucket for uploads',
  STORAGE_ENDPOINT: 'where the bucket for uploads answers',
  STORAGE_REGION: 'the region of the bucket for uploads',
  STORAGE_ACCESS_KEY_ID: 'the key to the bucket for uploads',
  STORAGE_SECRET_ACCESS_KEY: 'the key to the bucket for uploads',
  KAFKA_BROKERS: 'where the event stream answers',
  PORT: 'the port to listen on',
};

/** Settings that begin so belong to Terrace too: what it adds later must not collide with what an app has now. */
export const reservedSettingPrefix = 'TERRACE_';

/**
 * Names that a further service cannot have, because something in the clusters has them.
 * The value says what it is.
 */
export const reservedServices: Readonly<Record<string, string>> = {
  app: 'the app itself',
  pooler: 'PgBouncer before the database',
  'pooler-on-nodes': 'PgBouncer for the clusters of other regions',
  inference: 'the model server',
  database: 'a database in the cluster',
  entrance: 'the ingress controller',
  monitoring: 'what observes the clusters',
};

/** The setting that tells where a service is. @param name the service's, in capitals */
export function addressSetting(name: string): string {
  return `${name}_URL`;
}

/** Tags that Terrace sets on everything it makes. */
export const reservedTags = ['environment', 'roadmap', 'tier', 'component', 'terrace'] as const;
