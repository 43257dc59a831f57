/** Where in a model something went wrong; every part is optional because errors arise at different depths. */
export interface ModelErrorPlace {
  readonly model?: string | undefined;
  readonly action?: string | undefined;
  readonly property?: string | undefined;
  readonly component?: string | undefined;
}

/**
 * A fault of a model (not of the checker, not of the system that is modelled): a value outside its schema, an impure
 * action, a send into a full channel. One sentence; the place is put before it.
 */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly place: ModelErrorPlace;
  readonly reason: string;

  /** `cause`: what the model's code threw, whose stack says where. */
  constructor(reason: string, place: ModelErrorPlace = {}, cause?: unknown) {
    super(describe(reason, place), { cause });
    this.reason = reason;
    this.place = place;
  }

  /** The same fault with more known about where it happened. What was known already stays. */
  at(outer: ModelErrorPlace): ModelError {
    const known = Object.entries(this.place).filter(([, part]) => part !== undefined);
    return new ModelError(this.reason, { ...outer, ...Object.fromEntries(known) }, this.cause);
  }
}

function describe(reason: string, place: ModelErrorPlace): string {
  const where = [
    place.model && `model ${place.model}`,
    place.action && `action ${place.action}`,
    place.property && `property ${place.property}`,
    place.component && `component ${place.component}`,
  ].filter(Boolean);
  return where.length === 0 ? reason : `${where.join(', ')}: ${reason}`;
}

/** A request that does not fit: an unknown parameter, change or model. Not a fault of the model. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
