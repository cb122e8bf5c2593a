export { type ApiBill, apiBill, usualApiModel } from './language-model';
export { type SelectionJson, selectionToJson } from './json';
export { type Offer, offerOf } from './offer';
export { renderSelection } from './render';
export {
  type CheckedRequest,
  checkRequest,
  type InferenceChoice,
  inferenceChoices,
  type SelectionRequest,
  survivals,
  type Survival,
} from './request';
export { type Alternative, type Rejected, select, type Selection, type Shelf, wholeShelf } from './select';
export { notBuilt, stored, type StoredTier, storedTiers } from './stored';
export { type Change, cheapestVariation, type Knob, knobsOf, type Option, type Variation, withOption } from './variations';
export { type CurvePoint, curveSvg, growthCurve, loads, sparkline, tierCurve } from './curve';
