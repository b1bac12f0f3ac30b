// References of a serverless template: to parameters whose values are known, and to the resources that SAM makes.

import { definitionProblem } from "./problems.ts";
import { entriesOf, keysOf, Literal, put, type Fields } from "./python-order.ts";
import { at, fieldsAt, isFields, textOf } from "./values.ts";

type Visit = (value: unknown) => unknown;

/** In place, from the outside in. */
function traverse(value: unknown, visit: Visit): unknown {
  const found = visit(value);
  if (Array.isArray(found)) for (const [index, item] of found.entries()) found[index] = traverse(item, visit);
  else if (isFields(found)) for (const [key, item] of entriesOf(found)) put(found, key, traverse(item, visit));
  return found;
}

function onlyKey(value: unknown): string | undefined {
  if (!isFields(value)) return undefined;
  const [key, ...more] = keysOf(value);
  return more.length === 0 ? key : undefined;
}

/** `{{IntrinsicFunction:…}}` marks a value that is known only later. */
function knownValue(values: Fields, name: string, otherwise: unknown): unknown {
  const value = Object.hasOwn(values, name) ? values[name] : otherwise;
  return textOf(value)?.startsWith("{{IntrinsicFunction:") === true ? otherwise : value;
}

/** Puts parameters' values in place of `Ref`s and of `${…}` in texts. */
export function resolveParameters<Value>(value: Value, values: Fields): Value {
  if (keysOf(values).length === 0) return value;
  return traverse(value, (item) => {
    const key = onlyKey(item);
    if (key === "Ref") {
      const name = textOf(at(item, "Ref"));
      return name === undefined ? item : knownValue(values, name, item);
    }
    if (key === "Fn::Sub") return substituted(item as Fields, (whole, name) => knownValue(values, name, whole));
    return item;
  }) as Value;
}

/** `Fn::FindInMap` with keys that are texts. */
export function resolveMappings<Value>(value: Value, mappings: Fields): Value {
  if (keysOf(mappings).length === 0) return value;
  return traverse(value, (item) => {
    if (onlyKey(item) !== "Fn::FindInMap") return item;
    const path = at(item, "Fn::FindInMap");
    if (!Array.isArray(path) || path.length !== 3)
      throw definitionProblem(
        `Invalid FindInMap value ${JSON.stringify(path)}. FindInMap expects an array with 3 values.`,
      );
    const [map = "", top = "", second = ""] = path.map(textOf);
    return at(fieldsAt(fieldsAt(mappings, map), top), second) ?? item;
  }) as Value;
}

/** `function.Alias`, `api.Stage` and their like: logical id -> property -> the resource made for it. */
export type MadeResources = ReadonlyMap<string, ReadonlyMap<string, string>>;

export function resolveMadeResources<Value>(value: Value, made: MadeResources): Value {
  if (made.size === 0) return value;
  const idOf = (id: string | undefined, property: string | undefined): string | undefined =>
    made.get(id ?? "")?.get(property ?? "");
  return traverse(value, (item) => {
    const key = onlyKey(item);
    if (key === "Ref") {
      const [id, ...rest] = (textOf(at(item, "Ref")) ?? "").split(".");
      const found = idOf(id, rest.join("."));
      return found === undefined ? item : { Ref: found };
    }
    if (key === "Fn::Sub")
      return substituted(item as Fields, (whole, name) => {
        const [id, property] = name.split(".");
        const found = idOf(id, property);
        return found === undefined ? whole : whole.replaceAll(`${id}.${property}`, found);
      });
    const path = key === "Fn::GetAtt" ? attributePath(item) : undefined;
    const found = path === undefined ? undefined : idOf(path[0], path[1]);
    if (path !== undefined && found !== undefined) put(item as Fields, "Fn::GetAtt", [found, ...path.slice(2)]);
    return item;
  }) as Value;
}

/** Of resources whose logical id itself changes, as layers' does. */
export function resolveRenamed<Value>(value: Value, renamed: ReadonlyMap<string, string>): Value {
  if (renamed.size === 0) return value;
  return traverse(value, (item) => {
    const key = onlyKey(item);
    if (key === "Ref") {
      const found = renamed.get(textOf(at(item, "Ref")) ?? "");
      return found === undefined ? item : { Ref: found };
    }
    if (key === "Fn::Sub")
      return substituted(item as Fields, (whole, name) => {
        const [id = ""] = name.split(".");
        const found = renamed.get(id);
        return found === undefined ? whole : whole.replaceAll(id, found);
      });
    const path = key === "Fn::GetAtt" ? attributePath(item) : undefined;
    const found = renamed.get(path?.[0] ?? "");
    if (path !== undefined && found !== undefined) put(item as Fields, "Fn::GetAtt", [found, ...path.slice(1)]);
    return item;
  }) as Value;
}

/** DependsOn, wherever it stands. */
export function resolveDependencies<Value>(value: Value, renamed: ReadonlyMap<string, string>): Value {
  if (renamed.size === 0) return value;
  const nameOf = (name: unknown): unknown => renamed.get(textOf(name) ?? "") ?? name;
  return traverse(value, (item) => {
    if (!isFields(item)) return item;
    const needs = at(item, "DependsOn");
    if (Array.isArray(needs)) put(item, "DependsOn", needs.map(nameOf));
    else if (textOf(needs) !== undefined) put(item, "DependsOn", nameOf(needs));
    return item;
  }) as Value;
}

function attributePath(item: unknown): string[] | undefined {
  const value = at(item, "Fn::GetAtt");
  if (!Array.isArray(value) || value.length < 2) return undefined;
  const parts = value.map(textOf);
  return parts.every((part) => part !== undefined) ? parts.join(".").split(".") : undefined;
}

function substituted(item: Fields, replace: (whole: string, name: string) => unknown): Fields {
  const value = at(item, "Fn::Sub");
  const fill = (given: unknown): unknown => {
    const text = textOf(given);
    if (text === undefined) return given;
    const filled = text.replace(/\$\{([A-Za-z0-9.]+|AWS::[A-Z][A-Za-z]*)\}/g, (whole, name: string) => {
      const found = textOf(replace(whole, name));
      if (found !== undefined) return found;
      const shown = String(replace(whole, name));
      throw definitionProblem(`Invalid Fn::Sub variable value ${shown}. Fn::Sub expects all variables to be strings.`);
    });
    if (filled === text) return given;
    return given instanceof Literal ? new Literal(filled) : filled;
  };
  if (!Array.isArray(value)) put(item, "Fn::Sub", fill(value));
  else if (value.length > 0) value[0] = fill(value[0]);
  return item;
}
