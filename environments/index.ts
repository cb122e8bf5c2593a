export { checkEnvironment, type Checked } from './check';
export { type LoadedEnvironment, type LoadOptions, defaultEnvironment, loadEnvironment, readEnvironment } from './load';
export { type Environment, type StateBackend, environmentSchema } from './schema';
export { deployableRoadmaps, reservedSettingPrefix, reservedSettings, reservedTags } from './vocabulary';
