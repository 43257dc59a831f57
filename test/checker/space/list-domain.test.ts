import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  byMessages,
  clearMessages,
  headOf,
  keyOf,
  lengthOf,
  putMessage,
  receiveMessage,
  sendMessage,
} from '../../../checker/space/built-in-operations.ts';
import { ListDomain } from '../../../checker/space/list-domain.ts';
import { TextDomain } from '../../../checker/space/text-domain.ts';

const Message = z.strictObject({ round: z.int(), from: z.enum(['a', 'b']) });
const CAPACITY = 4;
const schema = z.array(Message).max(CAPACITY);

const lists = (): ListDomain => new ListDomain('inbox', schema, CAPACITY, new TextDomain('inbox[]', Message));

const message = fc.record({ round: fc.nat({ max: 2 }), from: fc.constantFrom('a' as const, 'b' as const) });
const list = fc.array(message, { maxLength: CAPACITY });

test('numbers, shows and encodes lists as a domain of texts does', () => {
  fc.assert(
    fc.property(fc.array(list), (all) => {
      const [byMessage, byText] = [lists(), new TextDomain('inbox', schema)];
      for (const one of all) {
        const id = byText.intern(one);
        expect(byMessage.intern(one)).toBe(id);
        expect(byMessage.value(id)).toEqual(one);
        expect(byMessage.encoding(id)).toBe(byText.encoding(id));
        expect([byMessage.head(id), byMessage.length(id)]).toEqual([
          one[0] && byMessage.messages.intern(one[0]),
          one.length,
        ]);
      }
      expect(byMessage.size).toBe(byText.size);
      expect([byMessage.value(byText.size), byMessage.encoding(byText.size)]).toEqual([undefined, '']);
    }),
  );
});

test('values are frozen, and messages as the schema orders them', () => {
  const domain = lists();
  const value = domain.value(domain.intern([{ from: 'a', round: 1 }])) as object[];
  expect([Object.isFrozen(value), Object.isFrozen(value[0])]).toEqual([true, true]);
  expect(Object.keys(value[0] ?? {})).toEqual(['round', 'from']);
});

test('entries make the same domain elsewhere', () => {
  fc.assert(
    fc.property(fc.array(list), (all) => {
      const [one, two] = [lists(), lists()];
      for (const each of all) one.intern(each);
      for (let id = 0; id < one.messages.size; id++) two.messages.learn(one.messages.entry(id));
      for (let id = 0; id < one.size; id++) {
        const entry = one.entry(id);
        expect(two.find(entry)).toBeUndefined();
        expect([two.learn(entry), two.find(entry), two.encoding(id)]).toEqual([id, id, one.encoding(id)]);
      }
    }),
  );
});

describe('refuses, in the same words as a domain of texts,', () => {
  test.each([
    ['what is no list', null],
    ['a message without a field', [{ round: 1 }]],
    ['a list that is too long', Array.from({ length: CAPACITY + 1 }, () => ({ round: 0, from: 'b' }))],
  ])('%s', (_, value) => {
    const domain = lists();
    const refusal = (): unknown => domain.intern(value);
    expect(refusal).toThrow();
    const byText = new TextDomain('inbox', schema);
    expect(() => byText.intern(value)).toThrow(messageOf(refusal));
    expect(refusal).toThrow(messageOf(refusal)); // nothing of it is known afterwards
    expect(domain.size).toBe(0);
  });

  test('but for a message outside its schema, which is named alone', () => {
    expect(() => lists().intern([{ round: 1.5, from: 'a' }])).toThrow(
      'the value {"round":1.5,"from":"a"} is outside the schema: inbox[].round: Invalid input',
    );
  });
});

function messageOf(code: () => unknown): string {
  try {
    code();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

describe('by ids alone', () => {
  const operations = [sendMessage(CAPACITY), receiveMessage, putMessage, clearMessages];

  test.each(operations.map((operation) => [operation.name, operation] as const))(
    '%s does what its code does, or leaves it to its code to fail',
    (_, operation) => {
      const operate = byMessages(operation);
      fc.assert(
        fc.property(list, message, (before, argument) => {
          const domain = lists();
          const id = domain.intern(before);
          const after = operate?.(domain, id, () => domain.messages.intern(argument));
          if (after === undefined) expect(() => operation.apply(before, argument)).toThrow();
          else expect(domain.value(after)).toEqual(operation.apply(before, argument));
        }),
      );
    },
  );

  test.each([
    ['head', headOf],
    ['length', lengthOf],
  ])('lists have the same %s where that goes by the same number', (_, projection) => {
    fc.assert(
      fc.property(list, list, (one, two) => {
        const domain = lists();
        const [a, b] = [one, two].map((each) => keyOf(projection)?.(domain, domain.intern(each)));
        if (a === b) expect(projection.of(one)).toEqual(projection.of(two));
        else expect(projection.of(one)).not.toEqual(projection.of(two));
      }),
    );
  });
});
