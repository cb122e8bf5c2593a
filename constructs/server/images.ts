/**
 * Images that a release runs beside the app's own. Tags of a series, not of a patch: a server pulls once per release, and a release with another tag
 * is how a server gets another series. Named from the publishers' pages as of 2026-11; not pulled in any test.
 */
export const CADDY_IMAGE = 'caddy:2-alpine';
/**
 * Docker's own client with its plugins, of which servers take Compose where their distribution's archive has none; from AWS's copy of Docker's official
 * images, because those servers are AWS's. One version and no series: a server takes it once, and another one with a release that names another.
 * docker-library/docker, versions.json, 2026-08-06 (Compose 5 speaks to Docker 25 and later).
 */
export const CLIENT_IMAGE = 'public.ecr.aws/docker/library/docker:29.7.2-cli';
export const INFERENCE_IMAGE = 'ghcr.io/ggml-org/llama.cpp:server';

/** llama.cpp's server by what computes. Names from its repository's docs/docker.md, recalled 2026-11. */
export const INFERENCE_IMAGES = {
  cpu: INFERENCE_IMAGE,
  nvidia: 'ghcr.io/ggml-org/llama.cpp:server-cuda',
  amd: 'ghcr.io/ggml-org/llama.cpp:server-rocm',
} as const;

/** Port of llama.cpp's server, in the container and where it is published. */
export const inferencePort = 8081;
/** Port of PgBouncer in the network of the containers. */
export const poolerPort = 6432;

/** Rises when `databaseDockerfile` changes what is installed, so that servers build the image anew. */
const DATABASE_IMAGE_REVISION = 1;

/** Built on the server, because PostgreSQL's own image has neither pgBackRest nor PgBouncer; the PGDG archive, which it does have, offers both. */
export function databaseImage(version: string): string {
  return `terrace/postgres:${version}-r${DATABASE_IMAGE_REVISION}`;
}

/** One image for the database and for the pooler: the pooler also needs `psql`. */
export function databaseDockerfile(version: string): string {
  return [
    `FROM postgres:${version}-bookworm`,
    'RUN apt-get update \\',
    ' && apt-get install -y --no-install-recommends pgbackrest pgbouncer ca-certificates \\',
    ' && rm -rf /var/lib/apt/lists/*',
    '',
  ].join('\n');
}
