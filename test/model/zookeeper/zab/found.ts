import { type Spec, specOf } from '../../../../checker/language/index.ts';
import { verify } from '../../../../checker/search/verify.ts';

/** What a search finds of one change of the catalogue, and the steps of the shortest run for each property that it breaks. */
export async function found(spec: Spec, change: string) {
  for await (const { agrees, claims } of verify(specOf(spec), { changes: [change] })) {
    const broken = claims.filter(({ design, expected }) => design === 'changed' && expected === 'violated');
    return { agrees, steps: Object.fromEntries(broken.map(({ property, steps }) => [property, steps])) };
  }
  throw new Error(`no change '${change}'`);
}
