import fc from 'fast-check';
import { elementProblems, leaks } from '../../stacks/checks';

const element = (address: string, path: string) => ({ address, name: address.split('.')[1] ?? '', path });

test('two constructs with one address are named both', () => {
  const problems = elementProblems([
    element('digitalocean_vpc.network', 'tier1/network'),
    element('digitalocean_vpc.network', 'tier1/network/Default'),
  ]);
  expect(problems).toEqual([
    {
      code: 'STACK_DUPLICATE_ADDRESS',
      message: 'digitalocean_vpc.network is made by 2 constructs, tier1/network and tier1/network/Default; give one of them another id.',
      where: 'tier1/network/Default',
    },
  ]);
});

test('a name that Terraform refuses is refused before Terraform sees it', () => {
  expect(elementProblems([element('digitalocean_vpc.1st', 'tier1/1st')])[0]?.message).toBe(
    '"1st" is no Terraform name: it must begin with a letter or "_" and hold letters, digits, "_" and "-" only. Rename the construct.',
  );
});

test.each([
  ['a cut reference', 'db-${TfToken[TOKEN', 'a reference was cut or changed'],
  ['an upper-cased reference', '${TFTOKEN[TOKEN.11]}', 'a reference was cut or changed'],
  ['a joined object', 'host=[object Object]', 'an object was put into a text'],
  ['a missing value', 'host=undefined', 'something undefined was put into a text'],
  ['no number', 'NaN', 'something that is no number was put into a text'],
])('%s is a leak', (_name, text, why) => {
  expect(leaks({ resource: { a: [text] } }, '')).toEqual([
    expect.objectContaining({ code: 'STACK_LEAKED_VALUE', where: 'resource.a[0]', message: expect.stringContaining(why) }),
  ]);
});

test('arithmetic on a numeric reference is a leak', () => {
  expect(leaks({ port: -1.8881545897087626e300 }, '')[0]?.where).toBe('port');
});

test('what a user wrote may hold any word', () => {
  const literal = 'undefined is not a function';
  expect(leaks({ a: literal }, '', [literal])).toEqual([]);
});

test('ordinary JSON never leaks', () => {
  const plain = fc.jsonValue().filter((value) => !/undefined|NaN|object Object|TfToken|e\+(29|30)/i.test(JSON.stringify(value)));
  fc.assert(
    fc.property(plain, (value) => leaks(value, '').length === 0),
    { seed: 20261121 },
  );
});
