export { all } from './all.ts';
export { type Change, type Changes, changedRules } from './changes.ts';
export {
  type Component,
  type Components,
  channels,
  family,
  ghost,
  type Key,
  links,
  queue,
  queues,
  single,
  table,
} from './components.ts';
export type { DeepReadonly } from './deep-readonly.ts';
export { defineModel, ModelChain } from './define-model.ts';
export { ModelError, type ModelErrorPlace } from './errors.ts';
export type { FaultTable, Setting } from './fault-table.ts';
export type { Footprint, Place } from './footprint.ts';
export { AnyOf, anyOf, type Initial } from './initial.ts';
export type {
  Action,
  AnyModel,
  Fairness,
  Instance,
  Model,
  ParamsOf,
  StateOf,
  StepView,
} from './model.ts';
export type { Mutant, Mutants, MutantsOf } from './mutants.ts';
export {
  type Alternative,
  Choice,
  choose,
  type Operation,
  type Outcome,
  operation,
  type Projection,
  projection,
  type Update,
} from './operations.ts';
export {
  type AnyProperty,
  PropertyChain,
  type PropertyKind,
  properties,
  type Spec,
  specOf,
  type Taken,
} from './properties.ts';
export { pairs, product, range, ref, setOf } from './schema.ts';
export type { Symmetric } from './symmetry.ts';
export type { ActionView, ComponentValue, StateView } from './views.ts';
