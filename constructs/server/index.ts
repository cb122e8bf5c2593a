export type * from './types';
export { bootstrap } from './bootstrap';
export type { Distribution } from './distributions';
export { ARCHIVE_TIMEOUT_SECONDS, FULL_BACKUPS_KEPT, MANAGED_RECOVERY, SELF_HOSTED_RECOVERY, type RecoveryObjective } from './backups';
export { documentKey } from './channel';
export { DEFAULT_TIMING } from './health';
export { CADDY_IMAGE, INFERENCE_IMAGE, INFERENCE_IMAGES, inferencePort, poolerPort } from './images';
export { releaseDocument } from './release';
