import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { whyNotAdminRange } from '../../environments/grammar/cidr';
import { splitImage, whyNotImage } from '../../environments/grammar/image';
import { whyNotDomain } from '../../environments/grammar/names';
import { whyNotPublicKey } from '../../environments/grammar/ssh';
import { whyNotStatePath } from '../../environments/grammar/state';
import { needs } from '../support/needs';
import { scratch } from '../support/scratch';

const seed = { seed: 20261121, numRuns: 500 };

describe('ranges from which administrators connect', () => {
  test.each([
    '203.0.113.7/32',
    '10.0.0.0/8',
    '192.168.0.0/16',
    '2001:db8::/32',
    '2001:db8::1/128',
    '2001:db8:0:1::/64',
    '::1/128',
    '1:0:2::/64',
  ])('%s is fine', (range) => {
    expect(whyNotAdminRange(range)).toBeUndefined();
  });

  test.each<readonly [string, string | undefined]>([
    ['0.0.0.0/0', 'it opens SSH to the whole internet'],
    ['::/0', 'it opens SSH to the whole internet'],
    ['0:0::/0', 'write it as ::/0'],
    ['128.0.0.0/1', 'it is wider than /8, nearly the whole internet'],
    ['2000::/3', 'it is wider than /16, nearly the whole internet'],
    ['10.0.0.1/8', 'write it as 10.0.0.0/8'],
    ['2001:0db8::/32', 'write it as 2001:db8::/32'],
    ['2001:db8::ff/64', 'write it as 2001:db8::/64'],
    ['1:0:0:2:0:0:0:3/128', 'write it as 1:0:0:2::3/128'],
    ['1:2:3:4:5:6:0:8/128', undefined],
    ['1:2:3:4:5:6::8/128', 'write it as 1:2:3:4:5:6:0:8/128'],
    ['10.0.0.0', 'it has no prefix length; one address is written with /32 (IPv4) or /128 (IPv6)'],
    ...[
      '10.0.0/8',
      '10.0.0.256/32',
      '010.0.0.0/8',
      '10.0.0.0/33',
      '10.0.0.0/08',
      '10.0.0.0/-1',
      ' 10.0.0.0/8',
      '::ffff:10.0.0.0/104',
      '1::2::3/128',
      '1:2:3:4:5:6:7/128',
      '1:2:3:4:5:6:7:8:9/128',
      '12345::/16',
      '/8',
      'everyone/0',
    ].map((range) => [range, 'it is no IPv4 or IPv6 range'] as const),
  ])('%s: %s', (range, reason) => {
    expect(whyNotAdminRange(range)).toBe(reason);
  });

  test('the shortest form of an IPv6 address is that of the URL standard', () => {
    const groups = fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, (numbers) => {
        const long = numbers.map((number) => number.toString(16).padStart(4, '0')).join(':');
        const short = new URL(`http://[${long}]`).hostname.slice(1, -1);
        return (
          whyNotAdminRange(`${short}/128`) === undefined &&
          (whyNotAdminRange(`${long}/128`) ?? `write it as ${short}/128`) === `write it as ${short}/128`
        );
      }),
      seed,
    );
  });
});

describe('image references', () => {
  test.each([
    ['app', { name: 'app' }],
    ['app:1', { name: 'app', tag: '1' }],
    ['localhost:5000/app', { name: 'localhost:5000/app' }],
    ['localhost:5000/app:1.2_3-rc', { name: 'localhost:5000/app', tag: '1.2_3-rc' }],
    [`ghcr.io/a/b:1@sha256:${'a'.repeat(64)}`, { name: 'ghcr.io/a/b', tag: '1', digest: `sha256:${'a'.repeat(64)}` }],
    ['registry.digitalocean.com/a_b/c__d.e-f--g', { name: 'registry.digitalocean.com/a_b/c__d.e-f--g' }],
  ])('%s', (image, parts) => {
    expect([whyNotImage(image), splitImage(image)]).toEqual([undefined, parts]);
  });

  test.each([
    ['', 'it is empty'],
    ['a b', 'it holds a space'],
    ['https://ghcr.io/a', 'leave out the scheme'],
    ['App', '"App" has capitals'],
    ['a//b', '"" is not a part of an image name'],
    ['/a', '"" is not a part of an image name'],
    ['a/', '"" is not a part of an image name'],
    ['a___b', '"a___b" is not a part of an image name'],
    ['-a', '"-a" is not a part of an image name'],
    ['a:', 'the tag after : is empty or holds other characters'],
    ['a:-1', 'the tag after : is empty or holds other characters'],
    [`a:${'x'.repeat(129)}`, 'the tag after : is empty or holds other characters'],
    ['a@sha256:ABC', 'the digest after @ is not sha256: and 64 hexadecimal digits'],
    ['a'.repeat(256), 'the name is 256 characters long, more than 255'],
    ['${IMAGE}', '"${IMAGE}" has capitals'],
  ])('%s: %s', (image, reason) => {
    expect(whyNotImage(image)).toBe(reason);
  });
});

describe('domain names', () => {
  test.each(['a.example', 'app.deadlock-coach.example', 'xn--bcher-kva.example', '1.2.example', `${'a'.repeat(63)}.example`])(
    '%s is fine',
    (domain) => {
      expect(whyNotDomain(domain)).toBeUndefined();
    },
  );

  test.each([
    ['', 'it has no dot'],
    ['example.com.', 'leave out the last dot: example.com'],
    ['a..example', 'it has an empty label'],
    ['.example', 'it has an empty label'],
    ['-a.example', '"-a" is not a label of a host name'],
    ['a-.example', '"a-" is not a label of a host name'],
    ['a_b.example', '"a_b" is not a label of a host name'],
    ['bücher.example', '"bücher" is not a label of a host name'],
    ['a.example:443', '"example:443" is not a label of a host name'],
    ['a.example/x', '"example/x" is not a label of a host name'],
    [`${'a'.repeat(64)}.example`, `"${'a'.repeat(64)}" is not a label of a host name`],
    [`${'a.'.repeat(127)}example`, 'it is 261 characters long'],
    ['10.0.0.1', 'it is an address, or its last label is a number'],
  ])('%s: %s', (domain, reason) => {
    expect(whyNotDomain(domain)).toBe(reason);
  });
});

describe('SSH public keys', () => {
  const made: readonly (readonly [type: string, bits: string, reason: string | undefined])[] = [
    ['ed25519', '256', undefined],
    ['rsa', '2048', undefined],
    ['rsa', '1024', 'it is an RSA key of 1024 bits; 2048 are the least'],
    ['ecdsa', '256', undefined],
    ['ecdsa', '384', undefined],
    ['ecdsa', '521', undefined],
  ];
  for (const [type, bits, reason] of made) {
    needs('ssh-keygen')(`a key that ssh-keygen makes: ${type}, ${bits} bits`, () => {
      const file = join(scratch(), 'key');
      execFileSync('ssh-keygen', ['-q', '-t', type, '-b', bits, '-N', '', '-C', 'a comment', '-f', file]);
      expect(whyNotPublicKey(readFileSync(`${file}.pub`, 'utf8').trimEnd())).toBe(reason);
      expect(whyNotPublicKey(readFileSync(file, 'utf8'))).toMatch(/^never write one here/);
    });
  }
});

test.each([
  ['a.tfstate', undefined],
  ['.terrace/state/a.tfstate', undefined],
  ['', 'it is empty, too long or holds other characters'],
  ['/a.tfstate', 'it is absolute'],
  ['~/a.tfstate', 'it is absolute'],
  ['C:/a.tfstate', 'it is absolute'],
  ['\\\\host\\a.tfstate', 'it is absolute'],
  ['a\\..\\b.tfstate', 'it is empty, too long or holds other characters'],
  ['../a.tfstate', 'it leaves the project'],
  ['a/../../b.tfstate', 'it leaves the project'],
  ['./a.tfstate', 'it has an empty or a useless step'],
  ['a//b.tfstate', 'it has an empty or a useless step'],
  ['a/', 'it has an empty or a useless step'],
  ['${path.module}/a.tfstate', 'it is empty, too long or holds other characters'],
  ['cdktf.out/a.tfstate', 'cdktf.out/ is thrown away by tools, and the state with it'],
])('the place of a state, %s: %s', (path, reason) => {
  expect(whyNotStatePath(path)).toBe(reason);
});
