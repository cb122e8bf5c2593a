import { addressed, addressedError } from '../../../cli/promote/addressed';
import { quoted } from '../../../cli/typed';
import { slotLost } from '../../../promotion/engine/errors';
import { renderError, type TerraceError } from '../../../values/errors';

test.each([
  ['Begin: terrace promote run.', 'Begin: terrace promote run staging.'],
  [
    'Cut over: terrace promote run --go. Or: terrace promote abandon.',
    'Cut over: terrace promote run staging --go. Or: terrace promote abandon staging.',
  ],
  ['See: terrace promote doctor\nand then', 'See: terrace promote doctor staging\nand then'],
  ['give it up: terrace promote abandon (shop).', 'give it up: terrace promote abandon staging (shop).'],
  // What has a name already, and what is no action of the engine.
  ['Go on: terrace promote run shop --to tier2', 'Go on: terrace promote run shop --to tier2'],
  ['terrace promote rehearse --from tier1', 'terrace promote rehearse --from tier1'],
])('%j is said with the name of what it is about', (text, said) => {
  expect(addressed(text, 'staging')).toBe(said);
});

test('an error names commands as they have to be typed, and a path with a space is one word of theirs', () => {
  const told = addressedError(slotLost('a'), `--settings ${quoted('my files/app.yaml')}`) as TerraceError;
  expect(renderError(told)).toContain("terrace promote abandon --settings 'my files/app.yaml', raise the limit");
  expect(told.code).toBe('PROMOTION_SLOT_LOST');
  expect([quoted('shop'), quoted("it's")]).toEqual(['shop', String.raw`'it'\''s'`]);
  const other = new Error('no error of ours');
  expect(addressedError(other, 'staging')).toBe(other);
});
