import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { htmlPage, pageOf, review } from '../../../analysis/review';
import { needs } from '../../support/needs';
import { scratch } from '../../support/scratch';
import { foreignAws } from './corpus/aws-base';
import { drop, edited } from './corpus/edit';

jest.setTimeout(120_000);

const html = htmlPage(
  pageOf(
    review({
      stacks: [{ stack: 'shop', base: foreignAws, head: edited(foreignAws, drop('aws_db_instance.orders')) }],
      today: '2026-11-21',
      rules: [],
    }),
  ),
);

test('the page stands alone: nothing is fetched, nothing runs', () => {
  expect(html).toMatch(/default-src 'none'/);
  expect(html).not.toMatch(/<script|<link|<img|<iframe|\ssrc=|url\(|@import|https?:\/\//i);
});

test('it can be read by ear and by keyboard: one title, headings in order, tables with heads, a way past the top', () => {
  expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(html.match(/<h1>/g)).toHaveLength(1);
  const levels = Array.from(html.matchAll(/<h([1-6])/g), ([, level]) => Number(level));
  for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
  for (const [table] of html.matchAll(/<table>[\s\S]*?<\/table>/g))
    expect([table.includes('scope="col"'), table.includes('scope="row"')]).toEqual([true, true]);
  for (const [, id] of html.matchAll(/aria-labelledby="([^"]+)"/g)) expect(html).toContain(`id="${id}"`);
  expect(html).toContain('<a class="skip" href="#content">');
  expect(html).toContain('prefers-color-scheme:dark');
});

/** The colour of the first pixel of a PNG as Chromium writes it, 8 bits of RGB or RGBA. */
function firstPixel(png: Buffer): readonly number[] {
  const chunks: Buffer[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') chunks.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return [...inflateSync(Buffer.concat(chunks)).subarray(1, 4)];
}

/** Opens the page in the real browser, and gives its picture and what it made of the page. */
function opened(scheme: 'light' | 'dark'): { readonly pixel: readonly number[]; readonly dom: string } {
  const room = scratch();
  writeFileSync(join(room, 'page.html'), html);
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    `--user-data-dir=${join(room, 'profile')}`,
    '--window-size=900,1400',
    ...(scheme === 'dark' ? ['--blink-settings=preferredColorScheme=0'] : ['--blink-settings=preferredColorScheme=1']),
  ];
  const page = `file://${join(room, 'page.html')}`;
  spawnSync('chromium', [...flags, `--screenshot=${join(room, 'page.png')}`, page], { stdio: 'ignore', timeout: 60_000 });
  const dom = spawnSync('chromium', [...flags, '--dump-dom', page], { encoding: 'utf8', timeout: 60_000 }).stdout;
  return { pixel: firstPixel(readFileSync(join(room, 'page.png'))), dom };
}

const inBrowser = needs('chromium');

inBrowser('Chromium shows it in light and dark', () => {
  const light = opened('light');
  expect(light.dom).toContain('<h1>Dangerous: 1 finding that endangers data; 1 to delete.</h1>');
  expect(light.pixel).toEqual([255, 255, 255]);
  expect(opened('dark').pixel).toEqual([13, 17, 23]);
});
