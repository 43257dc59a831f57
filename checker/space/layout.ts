import type { z } from 'zod';
import { describe } from '../language/canonical.ts';
import type { Component, Components, Key } from '../language/components.ts';
import { ModelError } from '../language/errors.ts';
import { isSet } from '../language/schema.ts';
import type { Domain } from './domain.ts';
import { ListDomain } from './list-domain.ts';
import { TextDomain } from './text-domain.ts';

/** One component of the state vector: a single, or one member of a family. */
export interface Slot {
  readonly index: number;
  /** The declared name: 'server'. */
  readonly component: string;
  readonly keys: readonly Key[];
  /** How it is shown: server(1), net(0, 2). */
  readonly name: string;
  readonly declared: Component;
  readonly domain: Domain;
}

/** Which component stands where in the state vector. */
export class Layout {
  readonly slots: readonly Slot[];
  readonly components: Components;
  /** One for each component or family, in order of declaration; before that of channels the one of their messages. */
  readonly domains: readonly Domain[];
  private readonly members = new Map<string, Map<Key, Map<Key, number>>>();

  /** @throws ModelError for a schema without canonical encodings or a repeated key. */
  constructor(components: Components) {
    this.components = components;
    const slots: Slot[] = [];
    const domains: Domain[] = [];
    for (const [component, declared] of Object.entries(components)) {
      checkDeclaration(component, declared);
      const domain = domainOf(component, declared);
      if (domain instanceof ListDomain) domains.push(domain.messages);
      domains.push(domain);
      const rows = new Map<Key, Map<Key, number>>();
      this.members.set(component, rows);
      for (const a of declared.axes[0] ?? ['']) {
        const row = new Map<Key, number>();
        rows.set(a, row);
        for (const b of declared.axes[1] ?? ['']) {
          const keys = [a, b].slice(0, declared.axes.length);
          const name = keys.length === 0 ? component : `${component}(${keys.join(', ')})`;
          row.set(b, slots.length);
          slots.push({ index: slots.length, component, keys, name, declared, domain });
        }
      }
    }
    this.slots = slots;
    this.domains = domains;
  }

  /** About what the distinct values of all components take. */
  get bytes(): number {
    return this.domains.reduce((sum, domain) => sum + domain.bytes, 0);
  }

  /** @throws ModelError for keys that are not the component's. */
  slotOf(component: string, a: Key = '', b: Key = ''): number {
    const slot = this.members.get(component)?.get(a)?.get(b);
    if (slot !== undefined) return slot;
    const axes = this.components[component]?.axes ?? [];
    const keys = [a, b].slice(0, axes.length).map(describe).join(', ');
    throw new ModelError(
      `${component}(${keys}) does not exist; its keys are ${axes.map((axis) => `${axis.join(', ')}`).join(' x ')}`,
      { component },
    );
  }
}

function domainOf(component: string, { kind, schema, capacity }: Component): Domain {
  if (kind !== 'channel' || !isPlainList(schema)) return new TextDomain(component, schema);
  return new ListDomain(component, schema, capacity, new TextDomain(`${component}[]`, schema.element));
}

/** Whether a list is valid as soon as each of its items is and there are not too many. */
function isPlainList(schema: z.ZodType): schema is z.ZodArray<z.ZodType> {
  const { def } = (schema as z.ZodArray)._zod;
  return def.type === 'array' && !isSet(schema) && (def.checks ?? []).every(limitsLength);
}

function limitsLength({ _zod }: z.core.$ZodCheck<never>): boolean {
  return _zod.def.check === 'max_length';
}

function checkDeclaration(component: string, declared: unknown): void {
  const axes: unknown = typeof declared === 'object' && declared !== null && Reflect.get(declared, 'axes');
  if (!Array.isArray(axes) || !axes.every(Array.isArray)) {
    const found = Array.isArray(axes) ? `has ${describe(axes)} for keys` : `is ${describe(declared)}`;
    throw new ModelError(`${found}; declare it with single(...), family(keys, ...), channels(nodes, ...)`, {
      component,
    });
  }
  for (const axis of axes) {
    const shown = axis.map(String); // 1 and '1' would look the same
    const repeated = shown.find((key, i) => shown.indexOf(key) !== i);
    if (repeated !== undefined) throw new ModelError(`lists the key ${repeated} twice`, { component });
  }
}

/** How an action instance is named: recv(0, 2); undefined for an action without `each`. */
export function formatInstance(instance: Key | readonly Key[] | undefined): string {
  if (instance === undefined) return '';
  return Array.isArray(instance) ? `(${instance.join(', ')})` : `(${instance})`;
}
