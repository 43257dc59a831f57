import { expect, test } from 'vitest';
import type { Json, Trace } from '../../../../checker/trace/format.ts';
import { columnsOf } from '../../../../checker/trace/html/columns.ts';

const component = (name: string, kind: 'cell' | 'channel' = 'cell') => ({
  name,
  kind,
  axes: [],
  ghost: false,
  places: [],
});

/** A run in which one component after the other takes a new value. */
function run(initial: Record<string, Json>, ...changes: (readonly [string, Json])[]): Trace {
  return {
    format: 'fencepost trace',
    schemaVersion: 1,
    model: 'test',
    params: {},
    changes: [],
    property: 'p',
    kind: 'always',
    verdict: 'violated',
    instance: '',
    sentence: '',
    lanes: [],
    loop: null,
    components: [component('server'), component('net', 'channel'), component('left')],
    initial,
    steps: changes.map(([name, after]) => ({
      action: 'go',
      instance: null,
      label: '',
      says: 'go',
      lane: null,
      messages: [],
      changes: [{ component: name, before: null, after }],
    })),
  };
}

test('a column for each scalar field that changes, with its members beside each other', () => {
  const trace = run(
    { 'server(1)': { epoch: 1, state: 'LOOKING' }, 'server(2)': { epoch: 1, state: 'LOOKING' }, left: 1 },
    ['server(2)', { epoch: 2, state: 'LOOKING' }],
    ['left', 0],
  );
  expect(columnsOf(trace)).toEqual([
    {
      title: 'server.epoch',
      numeric: true,
      members: [
        { key: '1', values: ['1', '1', '1'] },
        { key: '2', values: ['1', '2', '2'] },
      ],
    },
    { title: 'left', numeric: true, members: [{ key: '', values: ['1', '1', '0'] }] },
  ]);
});

test('lists and channels have none; words are columns, but no numbers', () => {
  const trace = run(
    { 'server(1)': { log: [1], state: 'LOOKING' }, 'net(1, 2)': [] },
    ['server(1)', { log: [1, 2], state: 'LEADING' }],
    ['net(1, 2)', [5]],
  );
  expect(columnsOf(trace)).toEqual([
    {
      title: 'server.state',
      numeric: false,
      members: [{ key: '1', values: ['LOOKING', 'LEADING', 'LEADING'] }],
    },
  ]);
});

test('a record that is absent at first has columns for its fields alone', () => {
  const trace = run({ 'server(1)': { vote: null } }, ['server(1)', { vote: { leader: 3 } }]);
  expect(columnsOf(trace)).toEqual([
    { title: 'server.vote.leader', numeric: true, members: [{ key: '1', values: ['', '3'] }] },
  ]);
});
