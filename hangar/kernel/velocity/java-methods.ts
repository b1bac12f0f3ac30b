// Methods that templates call on strings, numbers, lists and maps.

import { equal, HostObject, memberOf, show, type JavaValue } from "./java-values.ts";
import { TemplateFailure } from "./template-failure.ts";

type Method<Value> = (value: Value, parameters: readonly JavaValue[]) => JavaValue;

const text = (parameters: readonly JavaValue[], at = 0): string => show(parameters[at]);
const number = (parameters: readonly JavaValue[], at = 0): number => Number(parameters[at]);

/** `$1` is a group in Java as here; a backslash escapes the next character. */
function replacement(words: string): string {
  return words.replace(/\\(.)/g, (_all, character: string) => (character === "$" ? "$$" : character));
}

function pattern(source: string, flags = ""): RegExp {
  try {
    return new RegExp(source, flags);
  } catch {
    throw new TemplateFailure(`Invalid regular expression ${source}`);
  }
}

const strings: Readonly<Record<string, Method<string>>> = {
  length: (value) => value.length,
  isEmpty: (value) => value === "",
  trim: (value) => value.trim(),
  toLowerCase: (value) => value.toLowerCase(),
  toUpperCase: (value) => value.toUpperCase(),
  equals: (value, parameters) => equal(value, parameters[0]),
  equalsIgnoreCase: (value, parameters) => value.toLowerCase() === text(parameters).toLowerCase(),
  contains: (value, parameters) => value.includes(text(parameters)),
  startsWith: (value, parameters) => value.startsWith(text(parameters)),
  endsWith: (value, parameters) => value.endsWith(text(parameters)),
  indexOf: (value, parameters) => value.indexOf(text(parameters), parameters.length > 1 ? number(parameters, 1) : 0),
  lastIndexOf: (value, parameters) =>
    value.lastIndexOf(text(parameters), parameters.length > 1 ? number(parameters, 1) : value.length),
  compareTo: (value, parameters) => compared(value, text(parameters)),
  compareToIgnoreCase: (value, parameters) => compared(value.toLowerCase(), text(parameters).toLowerCase()),
  hashCode: (value) => hashCode(value),
  codePointAt: (value, parameters) => value.codePointAt(number(parameters)) ?? "",
  toCharArray: (value) => value.split(""),
  valueOf: (_value: string, parameters: readonly JavaValue[]) => text(parameters),
  charAt: (value, parameters) => value.charAt(number(parameters)),
  concat: (value, parameters) => value + text(parameters),
  substring: (value, parameters) =>
    parameters.length > 1
      ? value.substring(number(parameters), number(parameters, 1))
      : value.substring(number(parameters)),
  replace: (value, parameters) => value.replaceAll(text(parameters), () => text(parameters, 1)),
  replaceAll: (value, parameters) => value.replace(pattern(text(parameters), "g"), replacement(text(parameters, 1))),
  replaceFirst: (value, parameters) => value.replace(pattern(text(parameters)), replacement(text(parameters, 1))),
  matches: (value, parameters) => pattern(`^(?:${text(parameters)})$`).test(value),
  split: (value, parameters) => split(value, text(parameters), parameters.length > 1 ? number(parameters, 1) : 0),
};

/** A limit above zero is the most parts; without one, empty parts at the end are left out. */
function split(value: string, source: string, limit: number): string[] {
  const found = pattern(source, "g");
  const parts: string[] = [];
  let from = 0;
  for (const { 0: separator, index } of value.matchAll(found)) {
    if (limit > 0 && parts.length === limit - 1) break;
    // What is nothing separates letters, and nothing before the first.
    if (separator === "" && (index === 0 || index === value.length)) continue;
    parts.push(value.slice(from, index));
    from = index + separator.length;
  }
  parts.push(value.slice(from));
  if (limit === 0) while (parts.length > 1 && parts.at(-1) === "") parts.pop();
  return parts;
}

/** The first letters that differ, else the lengths, as Java says. */
function compared(left: string, right: string): number {
  for (let at = 0; at < Math.min(left.length, right.length); at += 1)
    if (left[at] !== right[at]) return left.charCodeAt(at) - right.charCodeAt(at);
  return left.length - right.length;
}

function hashCode(value: string): number {
  let hash = 0;
  for (let at = 0; at < value.length; at += 1) hash = (Math.imul(31, hash) + value.charCodeAt(at)) | 0;
  return hash;
}

function listed([list]: readonly JavaValue[]): readonly unknown[] {
  return Array.isArray(list) ? (list as readonly unknown[]) : [];
}

const lists: Readonly<Record<string, Method<unknown[]>>> = {
  size: (list) => list.length,
  isEmpty: (list) => list.length === 0,
  get: (list, parameters) => memberOf(list, number(parameters)),
  contains: (list, parameters) => list.some((each) => equal(each, parameters[0])),
  indexOf: (list, parameters) => list.findIndex((each) => equal(each, parameters[0])),
  subList: (list, parameters) => list.slice(number(parameters), number(parameters, 1)),
  add: (list, parameters) => {
    if (parameters.length > 1) list.splice(number(parameters), 0, parameters[1]);
    else list.push(parameters[0]);
    return true;
  },
  addAll: (list, parameters) => {
    if (Array.isArray(parameters[0])) list.push(...(parameters[0] as readonly unknown[]));
    return true;
  },
  set: (list, parameters) => {
    const before = list[number(parameters)];
    list[number(parameters)] = parameters[1];
    return before;
  },
  lastIndexOf: (list, parameters) => list.findLastIndex((each) => equal(each, parameters[0])),
  containsAll: (list, parameters) => listed(parameters).every((wanted) => list.some((each) => equal(each, wanted))),
  removeAll: (list, parameters) => {
    const kept = list.filter((each) => !listed(parameters).some((gone) => equal(each, gone)));
    const changed = kept.length < list.length;
    list.splice(0, list.length, ...kept);
    return changed;
  },
  clear: (list) => {
    list.length = 0;
    return "";
  },
  remove: (list, parameters) => {
    const [which] = parameters;
    if (typeof which === "number") return list.splice(which, 1)[0];
    const at = list.findIndex((each) => equal(each, which));
    if (at >= 0) list.splice(at, 1);
    return at >= 0;
  },
};

const maps: Readonly<Record<string, Method<Map<unknown, unknown>>>> = {
  size: (map) => map.size,
  isEmpty: (map) => map.size === 0,
  get: (map, parameters) => memberOf(map, parameters[0]),
  getOrDefault: (map, parameters) => map.get(parameters[0]) ?? parameters[1],
  containsKey: (map, parameters) => map.has(parameters[0]),
  containsValue: (map, parameters) => [...map.values()].some((each) => equal(each, parameters[0])),
  keySet: (map) => [...map.keys()],
  values: (map) => [...map.values()],
  entrySet: (map) => [...map].map(([key, value]) => new Map([["key", key] as const, ["value", value] as const])),
  getKey: (map) => memberOf(map, "key"),
  getValue: (map) => memberOf(map, "value"),
  put: (map, parameters) => {
    const before = memberOf(map, parameters[0]);
    map.set(parameters[0], parameters[1]);
    return before;
  },
  putAll: (map, parameters) => {
    if (parameters[0] instanceof Map) for (const [key, value] of parameters[0] as typeof map) map.set(key, value);
    return "";
  },
  putIfAbsent: (map, parameters) => {
    const before = memberOf(map, parameters[0]);
    if (!map.has(parameters[0])) map.set(parameters[0], parameters[1]);
    return before;
  },
  clear: (map) => {
    map.clear();
    return "";
  },
  remove: (map, parameters) => {
    const before = memberOf(map, parameters[0]);
    map.delete(parameters[0]);
    return before;
  },
};

/** Integers are asked for their class's own methods: `#set($Integer = 0)$Integer.parseInt("3")`. */
const numbers: Readonly<Record<string, Method<number>>> = {
  parseInt: (_value, parameters) => integer(text(parameters), parameters.length > 1 ? number(parameters, 1) : 10),
  parseLong: (_value, parameters) => integer(text(parameters), 10),
  parseDouble: (_value, parameters) => decimal(text(parameters)),
  valueOf: (_value: number, parameters: readonly JavaValue[]) => decimal(text(parameters)),
  compareTo: (value, parameters) => Math.sign(value - number(parameters)),
  toHexString: (_value, parameters) => (number(parameters) >>> 0).toString(16),
};

function integer(words: string, radix: number): number {
  const value = Number.parseInt(words, radix);
  if (Number.isNaN(value) || !/^[+-]?[0-9a-z]+$/i.test(words))
    throw new TemplateFailure(`For input string: "${words}"`);
  return value;
}

function decimal(words: string): number {
  if (words.trim() === "" || Number.isNaN(Number(words))) throw new TemplateFailure(`For input string: "${words}"`);
  return Number(words);
}

const common: Readonly<Record<string, (value: unknown, parameters: readonly unknown[]) => unknown>> = {
  toString: (value: unknown) => show(value),
  equals: (value, parameters) => equal(value, parameters[0]),
  intValue: (value) => Math.trunc(Number(value)),
  longValue: (value) => Math.trunc(Number(value)),
  doubleValue: (value) => Number(value),
};

/** A method that is not there gives nothing, as a member that is not there. */
export function callMethod(value: JavaValue, name: string, parameters: readonly JavaValue[]): JavaValue {
  if (value instanceof HostObject)
    return Object.hasOwn(value.methods, name) ? (value.methods[name]?.(...parameters) ?? "") : "";
  if (typeof value === "string" && Object.hasOwn(strings, name)) return strings[name]?.(value, parameters);
  if (Array.isArray(value) && Object.hasOwn(lists, name)) return lists[name]?.(value, parameters);
  if (typeof value === "number" && Object.hasOwn(numbers, name)) return numbers[name]?.(value, parameters);
  if (value instanceof Map && Object.hasOwn(maps, name)) return maps[name]?.(value, parameters);
  return Object.hasOwn(common, name) ? common[name]?.(value, parameters) : "";
}
