import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../../promotion/replace-file';
import { scratch } from '../support/scratch';

test('a file is replaced where it lies, and goes on being read by whom it was', () => {
  const [folder, elsewhere] = [scratch(), scratch()];
  const [file, link] = [join(elsewhere, 'shop.yaml'), join(folder, 'production.yaml')];
  writeFileSync(file, 'tier: tier1\n');
  chmodSync(file, 0o600);
  symlinkSync(file, link);
  replaceFile(link, 'tier: tier2\n');
  expect([readFileSync(file, 'utf8'), lstatSync(link).isSymbolicLink(), statSync(file).mode & 0o777]).toEqual([
    'tier: tier2\n',
    true,
    0o600,
  ]);
  expect([readdirSync(folder), readdirSync(elsewhere)]).toEqual([['production.yaml'], ['shop.yaml']]);
  replaceFile(join(folder, 'new.yaml'), 'new');
  expect(readFileSync(join(folder, 'new.yaml'), 'utf8')).toBe('new');
});
