export { installMirror, thisPlatform, type Mirror, type MirrorOptions } from './mirror';
export { sandboxEnvironment, sandboxObjects, type Sandbox, type SandboxObject } from './sandbox';
export { served, servedProviders, type Served, type ServedName } from './served';
export { SANDBOX_FILE, SANDBOX_VARIABLE, startStandin, type Standin, type StandinOptions } from './server';
export { catalogFacts, type Facts } from './facts';
