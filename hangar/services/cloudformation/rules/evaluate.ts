// Evaluates the functions in a piece of a template.

import { textOf } from "./text.ts";
import { templateError, templateFormat } from "../errors.ts";
import { cidrBlocks } from "./cidr.ts";
import { isUnknown, KNOWN_AFTER_APPLY, NO_VALUE, type Environment } from "./environment.ts";
import { GET_ATT, isFunctionName } from "./references.ts";
import { isObject, splitAttribute } from "./template.ts";

const JOIN =
  "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.";
const SPLIT =
  "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.";
const SELECT = "Fn::Select requires a list argument with two elements: an integer index and a list";

/** The value with every function replaced by what it gives, and without what AWS::NoValue takes away. The top itself may be NO_VALUE. */
export function evaluate(value: unknown, environment: Environment): unknown {
  if (Array.isArray(value)) return evaluateList(value, environment);
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  const [only] = keys;
  if (keys.length === 1 && only !== undefined && isFunctionName(only)) return call(only, value[only], environment);
  const out: Record<string, unknown> = {};
  for (const key of keys) {
    const item = evaluate(value[key], environment);
    if (item !== NO_VALUE) out[key] = item;
  }
  return out;
}

function evaluateList(items: readonly unknown[], environment: Environment): unknown[] {
  return items.map((item) => evaluate(item, environment)).filter((item) => item !== NO_VALUE);
}

type Run = (argument: unknown, environment: Environment) => unknown;

const FUNCTIONS: Readonly<Record<string, Run>> = {
  Ref: (argument, environment) => reference(String(argument), environment),
  "Fn::GetAtt": getAtt,
  "Fn::Join": join,
  "Fn::Sub": substitute,
  "Fn::Select": select,
  "Fn::Split": split,
  "Fn::FindInMap": findInMap,
  "Fn::If": (argument, environment) => {
    if (!Array.isArray(argument) || argument.length !== 3)
      throw templateError("Fn::If requires a list argument with three elements");
    return evaluate(argument[condition(argument[0], environment) ? 1 : 2], environment);
  },
  "Fn::ImportValue": (argument, environment) => {
    const name = evaluate(argument, environment);
    return isUnknown(name) ? name : environment.exported(textOf(name));
  },
  "Fn::Base64": (argument, environment) => {
    const plain = evaluate(argument, environment);
    return isUnknown(plain) ? plain : Buffer.from(textOf(plain)).toString("base64");
  },
  "Fn::Cidr": (argument, environment) => {
    const [block, count, bits] = evaluateList(Array.isArray(argument) ? argument : [], environment);
    return isUnknown(block)
      ? block
      : cidrBlocks(textOf(block), Number(count), bits === undefined ? undefined : Number(bits));
  },
  "Fn::GetAZs": (argument, environment) => {
    const region = evaluate(argument, environment);
    return [
      ...environment.zones(
        region === "" || region === NO_VALUE ? textOf(environment.pseudo["AWS::Region"]) : textOf(region),
      ),
    ];
  },
  "Fn::ToJsonString": (argument, environment) => {
    const json = JSON.stringify(evaluate(argument, environment));
    return json.includes(KNOWN_AFTER_APPLY) ? KNOWN_AFTER_APPLY : json;
  },
  "Fn::Length": (argument, environment) => {
    const list = evaluate(argument, environment);
    if (isUnknown(list)) return list;
    if (!Array.isArray(list)) throw templateError("Fn::Length expects a list of elements.");
    return list.length;
  },
};

function call(name: string, argument: unknown, environment: Environment): unknown {
  const run = FUNCTIONS[name];
  if (run === undefined) throw templateFormat(`Unresolved function ${name}: it is not supported here.`);
  return run(argument, environment);
}

function condition(name: unknown, environment: Environment): boolean {
  const met = environment.conditions.get(String(name));
  if (met === undefined) throw templateError(`unresolved condition dependency ${String(name)} in Fn::If`);
  return met;
}

/** What Ref gives: a pseudo parameter, a parameter or a resource. */
function reference(name: string, environment: Environment): unknown {
  if (name === "AWS::NoValue") return NO_VALUE;
  if (Object.hasOwn(environment.pseudo, name)) return environment.pseudo[name];
  if (environment.parameters.has(name)) return environment.parameters.get(name);
  if (Object.hasOwn(environment.template.Resources, name)) return environment.ref(name);
  throw templateFormat(`Unresolved resource dependencies [${name}] in the Resources block of the template`);
}

function getAtt(argument: unknown, environment: Environment): unknown {
  const parts = typeof argument === "string" ? splitAttribute(argument) : argument;
  if (!Array.isArray(parts) || parts.length < 2) throw templateError(GET_ATT);
  const [name, ...path] = evaluateList(parts, environment);
  return environment.attribute(textOf(name), path.map(textOf).join("."));
}

function join(argument: unknown, environment: Environment): unknown {
  if (!Array.isArray(argument) || argument.length !== 2 || typeof argument[0] !== "string") throw templateError(JOIN);
  const items = evaluate(argument[1], environment);
  if (isUnknown(items)) return items;
  if (!Array.isArray(items) || items.some((item) => typeof item === "object")) throw templateError(JOIN);
  return items.some(mentionsUnknown) ? KNOWN_AFTER_APPLY : items.map(textOf).join(argument[0]);
}

function mentionsUnknown(item: unknown): boolean {
  return typeof item === "string" && item.includes(KNOWN_AFTER_APPLY);
}

function substitute(argument: unknown, environment: Environment): unknown {
  const [pattern, own] = Array.isArray(argument) ? (argument as unknown[]) : [argument];
  if (typeof pattern !== "string")
    throw templateError(
      "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
    );
  const names = evaluate(isObject(own) ? own : {}, environment) as Record<string, unknown>;
  const out = pattern.replace(/\$\{(!?)([^}]*)\}/g, (_whole, literal: string, inner: string) =>
    literal === "!" ? `\${${inner}}` : textOf(placeholder(inner.trim(), names, environment)),
  );
  return out.includes(KNOWN_AFTER_APPLY) ? KNOWN_AFTER_APPLY : out;
}

function placeholder(name: string, names: Readonly<Record<string, unknown>>, environment: Environment): unknown {
  if (Object.hasOwn(names, name)) return names[name];
  const dot = name.indexOf(".");
  const value =
    dot < 0 || name.startsWith("AWS::")
      ? reference(name, environment)
      : environment.attribute(name.slice(0, dot), name.slice(dot + 1));
  return Array.isArray(value) ? value.join(",") : value === NO_VALUE ? "" : value;
}

function select(argument: unknown, environment: Environment): unknown {
  if (!Array.isArray(argument) || argument.length !== 2) throw templateError(SELECT);
  const index = Number(evaluate(argument[0], environment));
  const list = evaluate(argument[1], environment);
  if (isUnknown(list)) return list;
  if (!Number.isInteger(index) || !Array.isArray(list)) throw templateError(SELECT);
  if (index < 0 || index >= list.length)
    throw templateError(`Fn::Select  cannot select nonexistent value at index ${index}`);
  return list[index] as unknown;
}

function split(argument: unknown, environment: Environment): unknown {
  if (!Array.isArray(argument) || argument.length !== 2 || typeof argument[0] !== "string") throw templateError(SPLIT);
  const whole = evaluate(argument[1], environment);
  if (isUnknown(whole)) return whole;
  if (typeof whole !== "string") throw templateError(SPLIT);
  return whole.split(argument[0]);
}

function findInMap(argument: unknown, environment: Environment): unknown {
  if (!Array.isArray(argument) || argument.length < 3)
    throw templateError(
      "every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value",
    );
  const [name, top, second] = evaluateList(argument.slice(0, 3), environment).map(textOf);
  const fallback = argument[3] as unknown;
  const map = environment.template.Mappings?.[name ?? ""];
  const found = map?.[top ?? ""]?.[second ?? ""];
  if (found !== undefined) return found;
  if (isObject(fallback) && fallback["DefaultValue"] !== undefined)
    return evaluate(fallback["DefaultValue"], environment);
  if (map === undefined)
    throw templateError(`Mapping named '${name}' is not present in the 'Mappings' section of template.`);
  throw templateError(`Unable to get mapping for ${name}::${top}::${second}`);
}
