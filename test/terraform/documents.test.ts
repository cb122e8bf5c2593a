import fc from 'fast-check';
import { readEvent } from '../../terraform/events';
import { readPlan } from '../../terraform/plan';
import { configurationInPlan } from '../../terraform/plan-file';
import { readState } from '../../terraform/state';

const plan = (changes: readonly object[], more: object = {}): string =>
  JSON.stringify({ format_version: '1.2', resource_changes: changes, ...more });
const change = (actions: readonly string[], more: object = {}): object => ({ address: 'a.b', type: 'a', change: { actions, ...more } });

describe('a plan', () => {
  test.each([
    [['no-op'], 'none'],
    [['create'], 'create'],
    [['read'], 'read'],
    [['update'], 'update'],
    [['delete'], 'destroy'],
    [['forget'], 'forget'],
    [['delete', 'create'], 'replace'],
    [['create', 'delete'], 'replace'],
    [['create', 'forget'], 'replace'],
    [['evaporate'], 'unknown'],
    [[], 'unknown'],
  ])('%j is %s', (actions, action) => {
    expect(readPlan(plan([change(actions)])).changes[0]?.action).toBe(action);
  });

  test('what it cannot name still counts as a change', () => {
    expect(readPlan(plan([change(['evaporate'])])).applyable).toBe(true);
    expect(readPlan(plan([change(['no-op'])])).applyable).toBe(false);
    expect(readPlan(plan([change(['no-op'], { importing: { id: 'x' } })])).applyable).toBe(true);
    expect(readPlan(plan([], { output_changes: { url: { actions: ['create'] } } })).applyable).toBe(true);
  });

  test('Terraform itself says whether applying does anything, where it does', () => {
    expect(readPlan(plan([change(['create'])], { applyable: false })).applyable).toBe(false);
  });

  test('the path that forces a replacement reads as it is written', () => {
    expect(
      readPlan(plan([change(['delete', 'create'], { replace_paths: [['user_data'], ['disk', 0, 'size']] })])).changes[0]?.because,
    ).toEqual(['user_data', 'disk[0].size']);
  });

  test('something else is refused by name', () => {
    for (const other of ['', '{', '[]', '{}', '"plan"']) expect(() => readPlan(other)).toThrow('the plan could not be read');
  });
});

test('resources of modules are in a state, data sources are not', () => {
  const resource = (address: string, mode = 'managed'): object => ({ address, mode, type: 'a', values: { id: '1' } });
  const state = {
    values: {
      root_module: {
        resources: [resource('a.b'), resource('data.a.c', 'data')],
        child_modules: [{ resources: [resource('module.m.a.d')] }],
      },
    },
  };
  expect(readState(state).resources.map(({ address }) => address)).toEqual(['a.b', 'module.m.a.d']);
  expect(readState({ format_version: '1.0' }).resources).toEqual([]);
});

test('no text makes the readers fail', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      readEvent(text);
      readEvent(`{"type":"apply_start","hook":${text}`);
      readState({ values: text });
    }),
    { seed: 20261121 },
  );
});

test('what is no plan file holds no configuration, and does not throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(configurationInPlan(Buffer.from([...bytes, 0x50, 0x4b, 0x05, 0x06, ...bytes]))).toBeUndefined();
    }),
    { seed: 20261121 },
  );
});
