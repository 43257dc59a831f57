// The public entry: everything that a model file of one's own imports.
export { z } from 'zod';
export { campaign } from './checker/campaign/grid.ts';
export * from './checker/language/index.ts';
