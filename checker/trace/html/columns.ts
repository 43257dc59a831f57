import { compact, isList } from '../compact.ts';
import type { Json, Trace } from '../format.ts';
import { statesOf } from '../states.ts';

/** One field of a component, such as server.currentEpoch, with a column for each member that has it. */
export interface Column {
  readonly title: string;
  /** Whether every value is a number (or none): epochs, zxids, offsets. */
  readonly numeric: boolean;
  readonly members: readonly {
    /** The keys of the member, '' for a single component. */
    readonly key: string;
    /** The value in each state, as shown. */
    readonly values: readonly string[];
  }[];
}

/** The scalar fields that change during the run, in the order of the components. */
export function columnsOf(trace: Trace): readonly Column[] {
  const fields = statesOf(trace).map((state) => leavesOf(trace, state));
  const [first = new Map<string, Leaf>()] = fields;
  const titles = [...new Set(fields.flatMap((leaves) => [...leaves.values()].map(({ title }) => title)))];
  return titles.flatMap((title) => {
    const members = [
      ...new Set(
        fields.flatMap((leaves) => [...leaves].flatMap(([at, leaf]) => (leaf.title === title ? at : []))),
      ),
    ];
    const columns = members.map((at) => ({
      key: (first.get(at) ?? fields.find((leaves) => leaves.has(at))?.get(at))?.key ?? '',
      values: fields.map((leaves) => leaves.get(at)?.value),
    }));
    const all = new Set(columns.flatMap(({ values }) => values.filter((value) => value != null)));
    const changes = columns.some(({ values }) => new Set(values).size > 1);
    if (!changes || all.size === 0) return []; // an absent record is nothing by itself: its fields have columns
    const numeric = [...all].every((value) => typeof value === 'number');
    const shown = columns.map(({ key, values }) => ({
      key,
      values: values.map((value) => (value === undefined ? '' : compact(value, 24))),
    }));
    return [{ title, numeric, members: shown }];
  });
}

interface Leaf {
  /** The field without the member's keys: server.currentEpoch. */
  readonly title: string;
  readonly key: string;
  readonly value: number | string | boolean | null;
}

/** Every scalar of a state by member and field. Lists are left to the steps, which say what came and went. */
function leavesOf(trace: Trace, state: ReadonlyMap<string, Json>): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  for (const { name, kind } of trace.components) {
    if (kind === 'channel') continue;
    for (const [member, value] of state) {
      if (member !== name && !member.startsWith(`${name}(`)) continue;
      const key = member.slice(name.length + 1, -1);
      for (const [path, leaf] of scalars(value, '')) {
        leaves.set(`${member}${path}`, { title: name + path, key, value: leaf });
      }
    }
  }
  return leaves;
}

function scalars(value: Json, path: string): readonly (readonly [string, Leaf['value']])[] {
  if (isList(value)) return [];
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([field, inner]) =>
    inner === undefined ? [] : scalars(inner, `${path}.${field}`),
  );
}
