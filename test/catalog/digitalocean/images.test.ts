import { gpuImageSlug, image, imageList, imageSlug } from '../../../catalog/digitalocean';

test.each([
  ['ubuntu', '24.04', 'ubuntu-24-04-x64'],
  ['debian', '13', 'debian-13-x64'],
  ['centos-stream', '10', 'centos-stream-10-x64'],
])('%s %s is %s', (distribution, release, slug) => {
  expect(imageSlug(distribution, release)).toBe(slug);
  expect(image(slug)).toMatchObject({ distribution, release, kind: 'plain', asOf: '2026-08-21' });
});

test('Debian 12 has gone', () => {
  expect(imageList().map((row) => row.slug)).not.toContain('debian-12-x64');
  expect(() => image('debian-12-x64')).toThrow('"debian-12-x64" is not a known DigitalOcean image. Did you mean "debian-13-x64"?');
});

test.each([
  ['gpu-h100x1-80gb', 'gpu-h100x1-base'],
  ['gpu-4000adax1-20gb', 'gpu-h100x1-base'],
  ['gpu-h200x8-1128gb', 'gpu-h100x8-base'],
  ['gpu-mi300x8-1536gb', 'gpu-amd-base'],
])('%s takes the image %s', (size, slug) => {
  expect(gpuImageSlug(size)).toBe(slug);
});
