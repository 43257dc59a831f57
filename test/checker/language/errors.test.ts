import { expect, test } from 'vitest';
import { ModelError } from '../../../checker/language/index.ts';
import { suggestion } from '../../../checker/language/nearest.ts';

test('a fault is one sentence after its place; what is known of the place from inside stays', () => {
  const fault = new ModelError('is wrong', { component: 'server(1)', action: undefined });
  expect(fault.message).toBe('component server(1): is wrong');
  const placed = fault.at({ model: 'm', action: 'go(0)', component: 'server' });
  expect(placed.message).toBe('model m, action go(0), component server(1): is wrong');
  expect(placed.at({ model: 'other', property: 'p' }).message).toBe(
    'model m, action go(0), property p, component server(1): is wrong',
  );
  expect(placed.reason).toBe('is wrong');
  expect(new ModelError('is wrong').message).toBe('is wrong');
});

test('the nearest name is suggested, or all of them', () => {
  expect(suggestion('sever', ['servers', 'crashes'])).toBe(" Did you mean 'servers'?");
  expect(suggestion('CRASHES', ['servers', 'crashes'])).toBe(" Did you mean 'crashes'?");
  expect(suggestion('epoch', ['servers', 'crashes'])).toBe(' There are: servers, crashes.');
  expect(suggestion('epoch', [])).toBe(' There are none.');
});
