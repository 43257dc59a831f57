import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conformLogs } from '../../conformance/conform-folder.ts';
import { logsOf, parse, runs } from './fixtures.ts';
import { edits, places, tamper, withEdit } from './tampering.ts';

describe('edits of single lines', () => {
  test('each changes its line', () => {
    expect(edits.length).toBeGreaterThan(6000);
    expect(edits.filter(({ before, after }) => before === after)).toEqual([]);
  });

  test('are noticed: a sample of all kinds from all runs (the whole set is in test/slow)', () => {
    const kinds = [...new Set(edits.map((edit) => edit.kind))];
    expect(kinds).toHaveLength(9);
    const sample = kinds.flatMap((kind) =>
      edits.filter((edit) => edit.kind === kind).filter((_, i) => i % 41 === 0),
    );
    const { missed, tried } = tamper(sample);
    expect(tried.size).toBe(9);
    expect(places(missed)).toEqual([]);
  });

  test('are found in the line itself or in the next ones of that server', () => {
    for (const edit of edits.filter((_, i) => i % 500 === 0)) {
      const [first] = conformLogs(withEdit(edit)).contradictions;
      expect(first?.file).toBe(edit.file);
      expect(first?.line).toBeGreaterThanOrEqual(edit.line - 1);
      expect(first?.expected.length).toBeGreaterThan(0);
    }
  });
});

test('a received notification that its sender did not send is noticed', () => {
  const log = fc.constantFrom(...runs).map(logsOf);
  fc.assert(
    fc.property(log, fc.nat(), (logs, pick) => {
      const all = logs.flatMap(({ file, log: { events } }) =>
        events.flatMap((event) => (event.type === 'received' ? [{ file, event }] : [])),
      );
      const chosen = all[pick % all.length];
      const edited = logs.map(({ file, log: each }) =>
        file === chosen?.file
          ? parse(
              file,
              logs
                .find((other) => other.file === file)
                ?.lines.map((text, i) =>
                  i + 1 === chosen.event.line ? text.replace(/n\.zxid:0x/, 'n.zxid:0x7') : text,
                ) ?? [],
            )
          : each,
      );
      expect(conformLogs(edited).verdict).toBe('contradicted');
    }),
    { numRuns: 60 },
  );
});
