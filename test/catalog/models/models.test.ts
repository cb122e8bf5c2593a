import fc from 'fast-check';
import {
  approximateWeightsGb,
  checkModelFits,
  fittingModels,
  kvCacheGib,
  largestModelThatFits,
  memoryNeededGib,
  model,
  models,
  weightsGib,
} from '../../../catalog/models';

const seed = { seed: 20261121, numRuns: 300 };

test('a model carries its file, its shape and its licence', () => {
  expect(model('llama-3.2-3b-instruct-q4')).toMatchObject({
    parametersBillion: 3.21,
    quantization: 'Q4_K_M',
    file: {
      repository: 'bartowski/Llama-3.2-3B-Instruct-GGUF',
      name: 'Llama-3.2-3B-Instruct-Q4_K_M.gguf',
      bytes: 2019377696,
      exact: true,
      sha256: '6c1a2b41161032677be168d354123594c0e6e67d2b9227c84f296ad037c728ff',
    },
    shape: { layers: 28, kvHeads: 8, headDimension: 128 },
    licence: { name: 'Llama 3.2 Community License', commercialUse: true },
  });
});

test('a digest is 64 hexadecimal digits, and an inexact size has none', () => {
  for (const { file } of models) expect(file.sha256 ?? '0'.repeat(64)).toMatch(/^[0-9a-f]{64}$/);
  for (const { file } of models.filter((row) => !row.file.exact)) expect(file.sha256).toBeUndefined();
});

test('the cache of Llama 3.2 3B at 16,384 tokens is the 1,792 MiB that was measured elsewhere', () => {
  expect(kvCacheGib(model('llama-3.2-3b-instruct-q4'), 16_384)).toBe(1792 / 1024);
});

test('weights are near the rule of 0.6 GB for a billion parameters', () => {
  for (const row of models.filter((each) => each.parametersBillion > 3)) {
    const rule = approximateWeightsGb(row.parametersBillion);
    expect(Math.abs(row.file.bytes / 1e9 - rule) / rule).toBeLessThan(0.15);
  }
});

test.each([
  [2, 'qwen2.5-1.5b-instruct-q4'],
  [3, 'llama-3.2-3b-instruct-q4'],
  [5.5, 'llama-3.1-8b-instruct-q4'],
  [8, 'llama-3.1-8b-instruct-q4'],
  [14, 'qwen2.5-14b-instruct-q4'],
  [20, 'qwen2.5-32b-instruct-q4'],
  [48, 'llama-3.3-70b-instruct-q4'],
])('within %d GiB the largest is %s', (memory, id) => {
  expect(largestModelThatFits(memory).id).toBe(id);
});

test('a licence that forbids a product is left out unless asked for', () => {
  expect(fittingModels(100).map((row) => row.id)).not.toContain('qwen2.5-3b-instruct-q4');
  expect(largestModelThatFits(2.5).id).toBe('qwen2.5-1.5b-instruct-q4');
  expect(largestModelThatFits(2.5, models, { commercialUse: false }).id).toBe('qwen2.5-3b-instruct-q4');
  expect(largestModelThatFits(2.5, models, { contextTokens: 2048 }).id).toBe('llama-3.2-3b-instruct-q4');
});

test('the stated 7B on 4 GB, and 7B with 13B on 8 GB, do not fit', () => {
  expect(() => checkModelFits('mistral-7b-instruct-q4', 4)).toThrow(
    'mistral-7b-instruct-q4 needs 4.87 GiB of memory and may take 4 GiB. The largest that fits is llama-3.2-3b-instruct-q4.',
  );
  expect(weightsGib(model('mistral-7b-instruct-q4')) + weightsGib(model('llama-2-13b-chat-q4'))).toBeGreaterThan(8);
});

test('when nothing fits the error says how much the smallest needs', () => {
  expect(() => largestModelThatFits(0.5)).toThrow(
    'the smallest model needs 1.18 GiB of memory and may take 0.5 GiB. No model of the catalog fits: give it more memory.',
  );
});

test('what is chosen fits, and more memory never chooses a smaller model', () => {
  const memory = fc.double({ min: 1.5, max: 100, noNaN: true });
  fc.assert(
    fc.property(memory, memory, (a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)];
      expect(memoryNeededGib(largestModelThatFits(less))).toBeLessThanOrEqual(less);
      expect(largestModelThatFits(more).parametersBillion).toBeGreaterThanOrEqual(largestModelThatFits(less).parametersBillion);
    }),
    seed,
  );
});
