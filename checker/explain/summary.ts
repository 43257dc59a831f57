import type { Read } from '../space/recorder.ts';
import type { Space } from '../space/space.ts';
import { compact } from '../trace/compact.ts';
import type { Json, Trace } from '../trace/format.ts';
import { stepName } from '../trace/headline.ts';
import type { Explanation, PointOfNoReturn } from './explain.ts';

/** How many of the values that a property looked at are told. */
const MOST = 6;
/** How reads of the state after a step are marked. */
const AFTER = 'afterwards ';

/** What no trace says by itself: on which values a violation was judged, when it became unavoidable, what would have avoided it. */
export function summary(space: Space, trace: Trace, { looked, noReturn, unknown }: Explanation): string {
  return [
    ...(looked.length === 0 ? [] : [`It was judged by ${values(looked)}.`]),
    ...(noReturn === undefined ? [] : avoidable(space, trace, noReturn)),
    ...(unknown === undefined ? [] : [`When it became unavoidable was not worked out: ${unknown}.`]),
  ].join(' ');
}

function values(looked: readonly Read[]): string {
  // What models read is plain.
  const told = looked.slice(0, MOST).map(({ name, value }) => {
    const after = name.startsWith(AFTER) ? ' afterwards' : '';
    return `${after === '' ? name : name.slice(AFTER.length)} = ${shown(value)}${after}`;
  });
  const rest = looked.length - MOST;
  return rest > 0 ? `${told.join(', ')} and ${rest} more` : told.join(', ');
}

const shown = (value: unknown): string => (value === undefined ? 'nothing' : compact(value as Json, 60));

function avoidable(space: Space, { steps }: Trace, { step, instead }: PointOfNoReturn): string[] {
  if (instead === undefined)
    return [
      step === 0
        ? 'It cannot be avoided: every run that goes on as long as it can comes to it, from the beginning.'
        : `Step ${step} made it unavoidable.`,
    ];
  const name = space.transitions.instances[instead.step.instance]?.name ?? '';
  const other = instead.step.label === '' ? name : `${name}: ${instead.step.label}`;
  const taken = steps[step - 1];
  const by = taken === undefined ? '' : ` (${stepName(taken)})`;
  if (step === steps.length)
    return [`Until its last step${by} it could be avoided: ${other} was possible instead.`];
  const late =
    instead.tooLate === undefined ? 'after it, that comes too late' : `after it, ${instead.tooLate}`;
  return [
    `Step ${step}${by} made it unavoidable: every run that goes on from there comes to it.`,
    `Instead of that step, ${other} would have avoided it; ${late}.`,
  ];
}
