export { type LoadConstant, type LoadConstantName, loadConstantNames, loadConstants, type LoadConstantValues } from './constants';
export { type LoadPreset, loadPresets, type OtherReading, type PresetValue } from './presets';
