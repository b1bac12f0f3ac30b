// What the types of an API's parts have in common: created, updated, read and deleted below their API.

import type { Properties, ResourceType } from "../../../cloud/resource.ts";
import { call, changesOf, found, inputOf, remove, type Readings } from "./properties.ts";

export type Part = Pick<ResourceType, "type" | "properties"> & {
  readonly inert?: Readonly<Record<string, string>>;
  /** `Route` of `CreateRoute`. */
  readonly name: string;
  /** The member that names it, e.g. `RouteId`. */
  readonly id: string;
  /** Properties that say where it is, the API's id among them, in the order of the type's identifier. */
  readonly place: readonly string[];
  /** The parts of the identifier in the registry's order. */
  readonly identifier: readonly string[];
  readonly readings?: Readings;
  /** Maps that updates change entry by entry. */
  readonly merged?: readonly string[];
  /** What numbers and flags are when they are no longer given. */
  readonly resets?: Readonly<Record<string, unknown>>;
};

export function partOfApi(part: Part): ResourceType {
  const { type, properties: names, inert = {}, name, id, place, identifier, readings, merged, resets = {} } = part;
  const known = [...names, ...Object.keys(inert)];
  const placeOf = (properties: Properties): Properties => inputOf(properties, place);
  return {
    type,
    properties: names,
    inert,
    async create(properties, context) {
      const made = await call(context, `Create${name}`, inputOf(properties, known, readings));
      const own = String(made[id] as string);
      return { id: own, attributes: { [id]: own } };
    },
    async update(state, properties, previous, context) {
      const wanted = inputOf(properties, known, readings);
      const before = inputOf(previous, known, readings);
      const gone = Object.entries(resets).filter(([each]) => before[each] !== undefined && wanted[each] === undefined);
      const changes = { ...changesOf(wanted, before, merged), ...Object.fromEntries(gone) };
      await call(context, `Update${name}`, { ...changes, ...placeOf(properties), [id]: state.id });
      return state;
    },
    delete: (state, properties, context) =>
      remove(context, `Delete${name}`, { ...placeOf(properties), [id]: state.id }),
    async read(text, context) {
      const parts = text.split("|");
      const named = Object.fromEntries(identifier.map((each, at) => [each, parts[at]]));
      const row = await found(context, `Get${name}`, named);
      return row === undefined ? undefined : { ...named, ...inputOf(row, names) };
    },
  };
}
