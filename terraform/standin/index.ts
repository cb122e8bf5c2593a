export { installMirror, thisPlatform, type Mirror, type MirrorOptions } from './mirror';
export { sandboxEnvironment, sandboxObjects, type Sandbox, type SandboxObject } from './sandbox';
export { PROVIDER_SOURCE, PROVIDER_VERSION, SANDBOX_FILE, SANDBOX_VARIABLE, startStandin, type Standin, type StandinOptions } from './server';
export { catalogFacts, type Facts } from './facts';
