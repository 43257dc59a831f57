import type { Body, ModelTree, Place } from './ast.ts';
import type { Compared } from './compare.ts';

/** What random models must be like, and which share of them is: models that are all alike would compare nothing. */
export function statistics(all: readonly Compared[]): Readonly<Record<string, number>> {
  const compared = all.filter(({ outcome }) => outcome === 'same');
  const share = (is: (one: Compared) => unknown): number => compared.filter(is).length / compared.length;
  const violates = (kind: string): number =>
    share(({ found }) => found?.violations.some((violation) => violation.kind === kind && violation.path));
  const having = (is: (tree: ModelTree) => unknown): number => share(({ tree }) => is(tree));
  const shaped = (...shapes: string[]): number =>
    having((tree) => tree.components.some(({ shape }) => shapes.includes(shape)));
  return {
    tooLarge: all.filter(({ outcome }) => outcome === 'too large').length / all.length,
    faulty: all.filter(({ outcome }) => outcome === 'same fault').length / all.length,
    moreThan20States: share(({ found }) => (found?.distinct ?? 0) > 20),
    moreThan100States: share(({ found }) => (found?.distinct ?? 0) > 100),
    moreThan5Levels: share(({ found }) => (found?.depth ?? 0) > 5),
    duplicates: share(({ found }) => found && found.generated - found.cut > (found.distinct ?? 0)),
    severalInitialStates: share(({ found }) => (found?.initial ?? 0) > 1),
    cuts: share(({ found }) => found?.cut),
    deadlocks: share(({ found }) => found?.deadlocks),
    violated: share(({ found }) => found?.violations.some(({ path }) => path)),
    violatedAfter2Steps: share(({ found }) =>
      found?.violations.some(({ path }) => (path?.steps.length ?? 0) > 2),
    ),
    deadlockViolated: violates('deadlock'),
    invariantViolated: violates('always'),
    stepViolated: violates('step'),
    witnessReached: share(({ found }) => found?.witnesses.length),
    witnessMissed: share(({ found }) => found?.violations.some(({ kind }) => kind === 'reachable')),
    premises: share(({ expected, tree }) =>
      tree.properties.some(
        (property, i) => 'premise' in property && property.premise && expected?.armed.get(`p${i}`),
      ),
    ),
    sentences: share(({ found }) => found?.violations.some(({ path, sentence }) => path && sentence !== '')),
    memoHits: share(({ found, tree }) => {
      return found && found.evaluations < ((found.distinct ?? 0) * tree.actions.length) / 2;
    }),
    ghosts: having((tree) => tree.components.some(({ ghost }) => ghost)),
    families: shaped('family', 'table'),
    channels: shaped('queue', 'queues', 'channels'),
    choices: having((tree) => tree.actions.some(({ body }) => body.is !== 'updates')),
    changedDesigns: having((tree) => tree.changed),
    severalCallsOnOneComponent: having((tree) => tree.actions.some(({ body }) => repeats(body, tree))),
  };
}

/** Whether one outcome certainly writes one component twice. */
function repeats(body: Body, { components }: ModelTree): boolean {
  const outcomes = body.is === 'named' ? body.alternatives.map(({ effects }) => effects) : [body.effects];
  return outcomes.some((effects) => {
    const places = effects.map(({ at }) => nameOf(at, components.length));
    return places.some((place, i) => places.indexOf(place) !== i);
  });
}

function nameOf({ component, keys }: Place, components: number): string {
  return JSON.stringify([component % components, keys]);
}
