import { broken, type DesignDiff, type PropertyDiff, repaired } from './result.ts';

/** What the comparison of two designs comes to, in sentences, the gravest first. */
export function conclusion(diff: DesignDiff): readonly string[] {
  const [breaks, repairs] = [broken(diff), repaired(diff)];
  const open = diff.properties.filter(({ before, after }) => isOpen(before) || isOpen(after));
  const applies = open.filter(({ before, after }) => before?.result !== after?.result);
  return [
    ...(breaks.length === 0 ? [] : [`This change breaks ${named(breaks, 'after')}.`]),
    ...(repairs.length === 0 ? [] : [`This change repairs ${named(repairs, 'before')}.`, ...legality(diff)]),
    ...(applies.length === 0
      ? []
      : [`Checked on one side only: ${applies.map(({ name }) => name).join(', ')}.`]),
    behaviours(diff, breaks.length + repairs.length > 0, applies.length > 0),
  ];
}

const isOpen = (side: PropertyDiff['before']): boolean => side === undefined || side.result === 'unchecked';

function named(properties: readonly PropertyDiff[], side: 'before' | 'after'): string {
  return properties
    .map((property) => {
      const steps = property[side]?.steps;
      return steps === undefined ? property.name : `${property.name} (${many(steps)})`;
    })
    .join(', ');
}

/** Of a change that repairs something: whether it takes away more than it must. */
function legality({
  lost,
  lostThoughLegal,
  legalityKnown,
  stoppedBy,
  observed,
}: DesignDiff): readonly string[] {
  if (lostThoughLegal !== undefined) {
    const length = many(lostThoughLegal.path.steps.length);
    return [
      `This fix also forbids something that was legal: a run of ${length} that need not violate anything.`,
    ];
  }
  if (lost === undefined)
    return stoppedBy === undefined && observed === undefined ? ['This fix forbids no step.'] : [];
  return legalityKnown
    ? ['This fix forbids nothing that was legal: every run that it takes away had to come to a violation.']
    : [];
}

/** `flips`: whether a property is broken or repaired; `oneSided`: whether one is checked on one side only. */
function behaviours(diff: DesignDiff, flips: boolean, oneSided: boolean): string {
  const { gained, lost, observed, stoppedBy, parting, comparable } = diff;
  const whole = diff.before.result.complete && diff.after.result.complete;
  const nothing = whole ? ', but breaks nothing' : ', and breaks nothing as far as it was searched';
  const but = flips ? '' : nothing;
  if (stoppedBy !== undefined) {
    const known = [...(gained ? ['adds behaviour'] : []), ...(lost ? ['takes behaviour away'] : [])];
    const so = known.length === 0 ? 'no difference so far' : `it ${known.join(' and ')}`;
    return `The comparison of behaviours stopped, ${stoppedBy}: ${so}.`;
  }
  const to = observed === undefined ? '' : ` to who looks at ${observed.join(', ')} alone`;
  if (gained && lost) return `This change adds behaviour and takes some away${but}.`;
  if (gained) return `This change adds behaviour${but === '' ? ' and takes none away' : but}.`;
  if (lost) return `This change takes behaviour away and adds none${but}.`;
  if (flips || oneSided || parting !== undefined)
    return `Both designs make the same ${observed === undefined ? 'steps' : 'changes'}${parting ? ', but come to different states' : ''}.`;
  if (observed === undefined && !comparable)
    return 'Both designs make the same steps; their components differ.';
  return `This change is invisible${to} within these bounds.`;
}

const many = (steps: number): string => `${steps} step${steps === 1 ? '' : 's'}`;
