// Checks an input against AWS's modelled constraints, in AWS's order and words, before the operation runs.

import { AwsError } from "../kernel/aws-error.ts";
import type { Member, ServiceModel, Shape } from "../models/model.ts";
import type { Call } from "../cloud/call.ts";
import type { ServiceDefinition, Violation } from "../cloud/service.ts";
import { violation } from "./violation.ts";

/** Adds what is wrong with `value` to `found`; `path` is as AWS writes it. */
type Check = (value: unknown, path: string, found: Violation[]) => void;

const checks = new WeakMap<ServiceModel, Map<string, Check | undefined>>();

export function validate(model: ServiceModel, definition: ServiceDefinition, call: Call): void {
  const input = model.operations[call.operation]?.input;
  if (input === undefined) return;
  const check = shapeCheck(model, input);
  if (check === undefined) return;
  const found: Violation[] = [];
  check(call.input, "", found);
  if (found.length === 0) return;
  const error =
    definition.validationFailed === undefined
      ? usualError(model, found)
      : definition.validationFailed(found, call.operation);
  if (error !== undefined) throw error;
}

/** `2 validation errors detected: Value … ; Value …`. */
function usualError(model: ServiceModel, found: readonly Violation[]): AwsError {
  const count = `${found.length} validation error${found.length === 1 ? "" : "s"} detected: `;
  const query = model.protocols[0] === "awsQuery" || model.protocols[0] === "ec2Query";
  return new AwsError(
    query ? "ValidationError" : "ValidationException",
    count + found.map((each) => each.message).join("; "),
  );
}

/** The check of a shape, or undefined when nothing in it is constrained. Compiled once a model. */
function shapeCheck(model: ServiceModel, name: string): Check | undefined {
  let known = checks.get(model);
  if (known === undefined) {
    known = new Map();
    checks.set(model, known);
  }
  if (known.has(name)) return known.get(name);
  if (!constrained(model, name, new Set())) {
    known.set(name, undefined);
    return undefined;
  }
  // A shape may hold itself: what refers to it while it is compiled looks it up when it runs.
  known.set(name, (value, path, found) => known.get(name)?.(value, path, found));
  const compiled = compile(model, model.shapes[name] as Shape);
  known.set(name, compiled);
  return compiled;
}

function constrained(model: ServiceModel, name: string, seen: Set<string>): boolean {
  if (seen.has(name)) return false;
  seen.add(name);
  const shape = model.shapes[name];
  if (shape === undefined) return false;
  const members: readonly Member[] =
    "members" in shape
      ? Object.values(shape.members)
      : shape.type === "list"
        ? [shape.member]
        : shape.type === "map"
          ? [shape.key, shape.value]
          : [];
  return members.some(
    (member) => own(member) || (member.target !== undefined && constrained(model, member.target, seen)),
  );
}

function own(member: Member): boolean {
  return (
    member.required === true ||
    member.min !== undefined ||
    member.max !== undefined ||
    member.pattern !== undefined ||
    member.enum !== undefined
  );
}

function compile(model: ServiceModel, shape: Shape): Check | undefined {
  if (shape.type === "list") {
    const member = memberCheck(model, "member", shape.member);
    if (member === undefined) return undefined;
    if (isSimple(model, shape.member)) return eachOf(member, shape.member, "Member");
    return (value, path, found) => {
      if (!Array.isArray(value)) return;
      for (let index = 0; index < value.length; index += 1) member(value[index], `${path}.${index + 1}.member`, found);
    };
  }
  if (shape.type === "map") return compileMap(model, shape.key, shape.value);
  if (!("members" in shape)) return undefined;
  const members = Object.entries(shape.members).flatMap(([name, member]) => {
    const check = memberCheck(model, name, member);
    return check === undefined ? [] : [{ name, label: lowerFirst(name), check }];
  });
  return (value, path, found) => {
    if (value === null || typeof value !== "object") return;
    const record = value as Record<string, unknown>;
    for (const { name, label, check } of members) check(record[name], path === "" ? label : `${path}.${label}`, found);
  };
}

/** Of texts and numbers in a list or map AWS names the whole and every constraint that each must satisfy. */
function eachOf(check: Check, member: Member, what: "Member" | "Map keys" | "Map value"): Check {
  const all = textsOf(member).join(", ");
  return (value, path, found) => {
    if (value === null || typeof value !== "object") return;
    const each: readonly unknown[] = what === "Map keys" ? Object.keys(value) : Object.values(value);
    const broken: Violation[] = [];
    for (const item of each) check(item, path, broken);
    const first = broken[0];
    if (first === undefined) return;
    const text = `${what} must satisfy constraint: [${all}]`;
    const shown = violation(first.kind, { name: first.member, member }, { value, path, text });
    found.push({ ...first, message: shown.message });
  };
}

function isSimple(model: ServiceModel, member: Member): boolean {
  const shape = member.target === undefined ? undefined : model.shapes[member.target];
  return shape === undefined || !("members" in shape || "member" in shape || "key" in shape);
}

/** In the order in which AWS writes them. */
function textsOf(member: Member): readonly string[] {
  const { min, max, pattern } = member;
  const measure = NUMERIC.has(member.type ?? "") ? "value" : "length";
  return [
    ...(max === undefined ? [] : [`Member must have ${measure} less than or equal to ${max}`]),
    ...(min === undefined ? [] : [`Member must have ${measure} greater than or equal to ${min}`]),
    ...(pattern === undefined ? [] : [`Member must satisfy regular expression pattern: ${pattern}`]),
    ...(member.enum === undefined ? [] : [`Member must satisfy enum value set: [${member.enum.join(", ")}]`]),
  ];
}

function compileMap(model: ServiceModel, key: Member, valueMember: Member): Check | undefined {
  const checkKey = memberCheck(model, "key", key);
  const checkValue = memberCheck(model, "value", valueMember);
  if (checkKey === undefined && checkValue === undefined) return undefined;
  const keys = checkKey === undefined ? undefined : eachOf(checkKey, key, "Map keys");
  const values =
    checkValue !== undefined && isSimple(model, valueMember) ? eachOf(checkValue, valueMember, "Map value") : undefined;
  return (value, path, found) => {
    if (value === null || typeof value !== "object") return;
    keys?.(value, path, found);
    if (values !== undefined) values(value, path, found);
    else for (const [name, each] of Object.entries(value)) checkValue?.(each, `${path}.${name}.member`, found);
  };
}

function memberCheck(model: ServiceModel, name: string, member: Member): Check | undefined {
  const inner = member.target === undefined ? undefined : shapeCheck(model, member.target);
  if (!own(member)) {
    if (inner === undefined) return undefined;
    return (value, path, found) => {
      if (value !== undefined && value !== null) inner(value, path, found);
    };
  }
  const expression = member.pattern === undefined ? undefined : expressionOf(member.pattern);
  const numeric = isNumeric(member, model);
  return (value, path, found) => {
    if (value === undefined || value === null) {
      if (member.required === true)
        found.push(
          violation("required", { name, member }, { value: undefined, path, text: "Member must not be null" }),
        );
      return;
    }
    if (numeric ? isOutOfRange(value, member) : isOutOfLength(value, member))
      (numeric ? checkRange : checkLength)(value, member, { name, path, found });
    if (typeof value === "string") {
      if (member.enum !== undefined && !member.enum.includes(value)) {
        found.push(
          violation(
            "enum",
            { name, member },
            {
              value,
              path,
              text: `Member must satisfy enum value set: [${member.enum.join(", ")}]`,
            },
          ),
        );
      } else if (expression !== undefined && !expression.test(value)) {
        found.push(
          violation(
            "pattern",
            { name, member },
            {
              value,
              path,
              text: `Member must satisfy regular expression pattern: ${member.pattern}`,
            },
          ),
        );
      }
    }
    inner?.(value, path, found);
  };
}

/** What is right, and nearly everything is, must cost no object. */
function isOutOfRange(value: unknown, { min, max }: Member): boolean {
  if (typeof value !== "number" && typeof value !== "bigint") return false;
  return (min !== undefined && value < min) || (max !== undefined && value > max);
}

function isOutOfLength(value: unknown, { min, max }: Member): boolean {
  if (min === undefined && max === undefined) return false;
  const length = lengthOf(value);
  return length !== undefined && ((min !== undefined && length < min) || (max !== undefined && length > max));
}

type Place = { readonly name: string; readonly path: string; readonly found: Violation[] };

function checkRange(value: unknown, member: Member, { name, path, found }: Place): void {
  if (typeof value !== "number" && typeof value !== "bigint") return;
  if (member.min !== undefined && value < member.min)
    found.push(
      violation(
        "range",
        { name, member },
        { value, path, text: `Member must have value greater than or equal to ${member.min}` },
      ),
    );
  if (member.max !== undefined && value > member.max)
    found.push(
      violation(
        "range",
        { name, member },
        { value, path, text: `Member must have value less than or equal to ${member.max}` },
      ),
    );
}

function checkLength(value: unknown, member: Member, { name, path, found }: Place): void {
  if (member.min === undefined && member.max === undefined) return;
  const length = lengthOf(value);
  if (length === undefined) return;
  if (member.min !== undefined && length < member.min)
    found.push(
      violation(
        "length",
        { name, member },
        {
          value,
          path,
          text: `Member must have length greater than or equal to ${member.min}`,
        },
      ),
    );
  if (member.max !== undefined && length > member.max)
    found.push(
      violation(
        "length",
        { name, member },
        { value, path, text: `Member must have length less than or equal to ${member.max}` },
      ),
    );
}

function lengthOf(value: unknown): number | undefined {
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  if (value instanceof Uint8Array) return value.byteLength;
  if (value !== null && typeof value === "object" && !(value instanceof Date) && !(Symbol.asyncIterator in value))
    return Object.keys(value).length;
  return undefined;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

const NUMERIC = new Set(["integer", "long", "float", "double", "bigInteger", "bigDecimal"]);

function isNumeric(member: Member, model: ServiceModel): boolean {
  const shape = member.target === undefined ? undefined : model.shapes[member.target];
  return NUMERIC.has(member.type ?? shape?.type ?? "");
}

/** Java's patterns, anchored; one that JavaScript cannot read is left to the operation. */
function expressionOf(pattern: string): RegExp | undefined {
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(`^(?:${pattern})$`, flags);
    } catch {
      continue;
    }
  }
  return undefined;
}
