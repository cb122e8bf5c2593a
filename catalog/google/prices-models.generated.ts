// Generated from catalog/google/prices-models.csv by `npm run compile`. Do not edit.
import type { PriceTable } from '../prices';

/** List prices of google, models: 20 rows. */
export const googleModelsPrices: PriceTable = {
provider: 'google',
sources: [
  'github:simonw/llm-prices data/*.json',
  'npm @pydantic/genai-prices 0.1.8 (per-model price table)',
],
rows: [
  ['llm', 'gemini-1.5-flash/input', 'all', '1M-tokens', '0.075', 1, '2026-09-23', 'verified'],
  ['llm', 'gemini-1.5-flash/output', 'all', '1M-tokens', '0.3', 1, '2026-09-23', 'verified'],
  ['llm', 'gemini-1.5-pro/input', 'all', '1M-tokens', '1.25', 1, '2026-09-23', 'verified'],
  ['llm', 'gemini-1.5-pro/output', 'all', '1M-tokens', '5', 1, '2026-09-23', 'verified'],
  ['llm', 'gemini-2.0-flash-lite/input', 'all', '1M-tokens', '0.075', 1, '2026-09-23', 'verified'],
  ['llm', 'gemini-2.0-flash-lite/output', 'all', '1M-tokens', '0.3', 1, '2026-09-23', 'verified'],
  ['llm', 'gemini-2.0-flash/input', 'all', '1M-tokens', '0.1', 1, '2026-09-23', 'verified'],
  ['llm', 'gemini-2.0-flash/output', 'all', '1M-tokens', '0.4', 1, '2026-09-23', 'verified'],
  ['llm', 'gemini-2.5-flash-lite/input', 'all', '1M-tokens', '0.1', 0, '2026-08-05', 'verified'],
  ['llm', 'gemini-2.5-flash-lite/output', 'all', '1M-tokens', '0.4', 0, '2026-08-05', 'verified'],
  ['llm', 'gemini-2.5-flash/input', 'all', '1M-tokens', '0.3', 1, '2026-09-23', 'verified'],
  ['llm', 'gemini-2.5-flash/output', 'all', '1M-tokens', '2.5', 1, '2026-09-23', 'verified'],
  ['llm', 'gemini-2.5-pro/input', 'all', '1M-tokens', '1.25', 1, '2026-09-23', 'verified'],
  ['llm', 'gemini-2.5-pro/output', 'all', '1M-tokens', '10', 1, '2026-09-23', 'verified'],
  ['llm', 'gemini-3-flash-preview/input', 'all', '1M-tokens', '0.5', 0, '2026-08-05', 'verified'],
  ['llm', 'gemini-3-flash-preview/output', 'all', '1M-tokens', '3', 0, '2026-08-05', 'verified'],
  ['llm', 'gemini-3-pro-preview/input', 'all', '1M-tokens', '2', 0, '2026-08-05', 'verified'],
  ['llm', 'gemini-3-pro-preview/output', 'all', '1M-tokens', '12', 0, '2026-08-05', 'verified'],
  ['llm', 'gemini-3.5-flash/input', 'all', '1M-tokens', '1.5', 0, '2026-08-05', 'verified'],
  ['llm', 'gemini-3.5-flash/output', 'all', '1M-tokens', '9', 0, '2026-08-05', 'verified'],
],
};
