// Reads the constraint files: limits, enums, number types and operation errors that SDK schemas leave out.
import { readFileSync } from "node:fs";
import type { SimpleType } from "../../hangar/models/model.ts";

/** Limits of one member; `of`, `key` and `value` hold those of what it contains. */
export type Constraint = {
  readonly type?: SimpleType;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly of?: Constraint;
  readonly key?: Constraint;
  readonly value?: Constraint;
};

export type ConstraintFile = {
  readonly apiVersion: string;
  readonly serviceId: string;
  readonly endpointPrefix: string;
  readonly signingName: string;
  readonly protocols: readonly string[];
  readonly targetPrefix: string | null;
  readonly operations: Readonly<Record<string, { readonly errors?: readonly string[] }>>;
  readonly errors: Readonly<
    Record<string, { readonly code?: string; readonly status?: number; readonly fault?: string }>
  >;
  readonly members: Readonly<Record<string, Readonly<Record<string, Constraint>>>>;
};

export const readConstraints = (service: string): ConstraintFile =>
  JSON.parse(readFileSync(new URL(`constraints/${service}.json`, import.meta.url), "utf8")) as ConstraintFile;

/** Number types by member name, where a service uses one type for that name throughout. */
export const unanimousNumberTypes = (file: ConstraintFile): ReadonlyMap<string, SimpleType> => {
  const seen = new Map<string, Set<SimpleType>>();
  for (const members of Object.values(file.members)) {
    for (const [name, { type }] of Object.entries(members)) {
      if (type !== undefined) seen.set(name, (seen.get(name) ?? new Set()).add(type));
    }
  }
  return new Map([...seen].flatMap(([name, types]) => (types.size === 1 ? [[name, [...types][0] as SimpleType]] : [])));
};
