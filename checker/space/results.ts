import { canonicalJson } from '../language/canonical.ts';
import { ModelError } from '../language/errors.ts';
import type { Operation, Update } from '../language/operations.ts';
import { byMessages, numberOf, setValue } from './built-in-operations.ts';
import type { Domain } from './domain.ts';
import { PlainInterner } from './interner.ts';
import type { Layout, Slot } from './layout.ts';
import { ListDomain } from './list-domain.ts';
import { PairMap } from './pair-map.ts';
import { runPurely } from './purity.ts';
import { sampled } from './sample.ts';

/** About what a call takes, with its argument and the maps that find it. */
const CALL_BYTES = 200;

/** An operation with its argument on the values of one domain. */
interface Call {
  readonly operation: Operation<unknown, unknown>;
  readonly argument: unknown;
  /** The argument's id as a message, once somebody has asked. */
  message: number | undefined;
  /** What other threads know it by, once somebody has asked. */
  shared: number | undefined;
}

const NOT_SHARED = -1;

/** What operations have made of values, for threads that search together: what one has worked out, the others need not. */
export interface SharedResults {
  /** A number that means the same call to all threads. `operation` is that of `numberOf`, `argument` canonical JSON. */
  callNumber(domain: Domain, operation: number, argument: string): number;
  /** The id of the result + 1, or 0 when nobody has told it. */
  get(call: number, id: number): number;
  set(call: number, id: number, result: number): void;
}

/** What operations make of values, remembered by call and value. */
export class Results {
  private readonly layout: Layout;
  private shared: SharedResults | undefined;
  private calls: Call[] = [];
  private readonly callIds = new Map<Domain, Map<Operation<unknown, unknown>, Map<number, number>>>();
  private arguments = new PlainInterner();
  /** How often each operation ran. */
  private readonly runs = new Map<Operation<unknown, unknown>, number>();
  /** By call and id: the id of the result + 1. */
  private readonly resultOf = new PairMap();

  constructor(layout: Layout) {
    this.layout = layout;
  }

  /** While threads search together; undefined when this one goes on by itself. */
  shareWith(shared: SharedResults | undefined): void {
    this.shared = shared;
    for (const call of this.calls) call.shared = undefined; // others number them anew
  }

  clear(): void {
    this.resultOf.clear();
    this.calls = [];
    this.callIds.clear();
    this.arguments = new PlainInterner();
    this.runs.clear();
  }

  /** How many are remembered. */
  get size(): number {
    return this.resultOf.size;
  }

  get bytes(): number {
    return this.resultOf.bytes + this.calls.length * CALL_BYTES;
  }

  callId(update: Update): number {
    const { domain } = this.layout.slots[update.slot] as Slot;
    let byOperation = this.callIds.get(domain);
    if (byOperation === undefined) {
      byOperation = new Map();
      this.callIds.set(domain, byOperation);
    }
    let byArgument = byOperation.get(update.operation);
    if (byArgument === undefined) {
      byArgument = new Map();
      byOperation.set(update.operation, byArgument);
    }
    const argument = this.placed(update.slot, () => this.arguments.intern(update.argument));
    let call = byArgument.get(argument);
    if (call === undefined) {
      const { operation } = update;
      const value = this.arguments.value(argument);
      call = this.calls.push({ operation, argument: value, message: undefined, shared: undefined }) - 1;
      byArgument.set(argument, call);
    }
    return call;
  }

  callResult(call: number, slot: number, id: number): number {
    const known = this.resultOf.get(call, id);
    if (known !== 0) return known - 1;
    const made = this.made(this.calls[call] as Call, slot, id);
    this.resultOf.set(call, id, made + 1);
    return made;
  }

  private made(call: Call, slot: number, id: number): number {
    const { domain } = this.layout.slots[slot] as Slot;
    if (domain instanceof ListDomain) {
      const made = this.onMessages(call, slot, domain, id);
      if (made !== undefined) return made;
    }
    const { shared } = this;
    const sharedNumber = shared === undefined ? NOT_SHARED : this.sharedNumber(call, slot, shared);
    const told = sharedNumber === NOT_SHARED ? 0 : (shared?.get(sharedNumber, id) ?? 0);
    if (told !== 0) return told - 1;
    const made = this.apply(call, slot, domain.value(id));
    if (sharedNumber !== NOT_SHARED) shared?.set(sharedNumber, id, made);
    return made;
  }

  /** Operations of a model's own are not shared: nothing says which one it is in another thread. */
  private sharedNumber(call: Call, slot: number, shared: SharedResults): number {
    if (call.shared === undefined) {
      const operation = numberOf(call.operation);
      const { domain } = this.layout.slots[slot] as Slot;
      call.shared =
        operation === undefined
          ? NOT_SHARED
          : shared.callNumber(domain, operation, canonicalJson(call.argument));
    }
    return call.shared;
  }

  /** The id of what an update makes of a value, known or not (`set` asks for none). @throws ModelError */
  of(update: Update, before: number | undefined): number {
    const { slot, operation, argument } = update;
    const { domain } = this.layout.slots[slot] as Slot;
    if (before !== undefined && domain instanceof ListDomain) {
      const made = this.onMessages({ operation, argument, message: undefined }, slot, domain, before);
      if (made !== undefined) return made;
    }
    return this.apply(update, slot, before === undefined ? undefined : domain.value(before));
  }

  /** undefined for what only the operation's own code can do. */
  private onMessages(
    call: Pick<Call, 'operation' | 'argument' | 'message'>,
    slot: number,
    lists: ListDomain,
    before: number,
  ): number | undefined {
    const operate = byMessages(call.operation);
    if (operate === undefined) return undefined;
    const message = (): number => {
      call.message ??= runPurely(() => lists.messages.intern(call.argument));
      return call.message;
    };
    return this.placed(slot, () => operate(lists, before, message));
  }

  private apply(
    { operation, argument }: Pick<Call, 'operation' | 'argument'>,
    slot: number,
    value: unknown,
  ): number {
    const { domain } = this.layout.slots[slot] as Slot;
    const apply = (): number => runPurely(() => domain.intern(operation.apply(value, argument)));
    return this.placed(slot, () => {
      const id = apply();
      if (operation !== setValue && this.isSampled(operation) && apply() !== id) {
        throw new ModelError(
          `the operation '${operation.name}' is impure: on the same value it did two different things`,
        );
      }
      return id;
    });
  }

  private isSampled(operation: Operation<unknown, unknown>): boolean {
    const runs = (this.runs.get(operation) ?? 0) + 1;
    this.runs.set(operation, runs);
    return sampled(runs);
  }

  private placed<T>(slot: number, code: () => T): T {
    try {
      return code();
    } catch (error) {
      throw error instanceof ModelError ? error.at({ component: this.layout.slots[slot]?.name }) : error;
    }
  }
}
