// ExpressionAttributeNames and ExpressionAttributeValues of a request, and which of them its expressions used.

import { AwsError } from "../../../kernel/aws-error.ts";
import { validation, worded, WordedError } from "../errors.ts";
import { checkedValue, utf8Length, type AttributeValue, type Item } from "./attribute-value.ts";
import { invalidExpression } from "./expression-tokens.ts";
import type { WrittenPath } from "./expression-tree.ts";
import { inHashOrder } from "./java-order.ts";

export type BoundPath = readonly (string | number)[];

const NAME = /^#[0-9a-zA-Z_]+$/;
const VALUE = /^:[0-9a-zA-Z_]+$/;
const MAX_KEY = 255;
const MAX_PARTS = 32;

export class Bindings {
  /** Paths into attributes that were bound so far. */
  nested: BoundPath[] | undefined;
  readonly #names: Readonly<Record<string, string>>;
  readonly #values: Record<string, AttributeValue> = {};
  readonly #unusedNames: Set<string>;
  readonly #unusedValues: Set<string>;
  readonly #nameCount: number;
  readonly #valueCount: number;

  constructor(names: Readonly<Record<string, string>> | undefined, values: Item | undefined) {
    this.#names = names ?? {};
    this.#unusedNames = new Set(Object.keys(this.#names));
    this.#unusedValues = new Set(Object.keys(values ?? {}));
    this.#nameCount = this.#unusedNames.size;
    this.#valueCount = this.#unusedValues.size;
    if (names !== undefined) this.#checkNames();
    if (values !== undefined) this.#readValues(values);
  }

  name(placeholder: string): string | undefined {
    this.#unusedNames.delete(placeholder);
    return Object.hasOwn(this.#names, placeholder) ? this.#names[placeholder] : undefined;
  }

  value(placeholder: string): AttributeValue | undefined {
    this.#unusedValues.delete(placeholder);
    return Object.hasOwn(this.#values, placeholder) ? this.#values[placeholder] : undefined;
  }

  checkAllUsed(): void {
    if (this.#unusedNames.size > 0) throw unused("ExpressionAttributeNames", this.#unusedNames, this.#nameCount);
    if (this.#unusedValues.size > 0) throw unused("ExpressionAttributeValues", this.#unusedValues, this.#valueCount);
  }

  #checkNames(): void {
    if (this.#unusedNames.size === 0) throw validation("ExpressionAttributeNames must not be empty");
    for (const [key, name] of Object.entries(this.#names)) {
      if (utf8Length(key) > MAX_KEY)
        throw validation(
          `ExpressionAttributeNames contains invalid key: The expression attribute map contains a key that is too long; size of key: ${utf8Length(key)}`,
        );
      if (!NAME.test(key))
        throw validation(`ExpressionAttributeNames contains invalid key: Syntax error; key: "${key}"`);
      if (name === "")
        throw validation(`ExpressionAttributeNames contains invalid value: Empty attribute name for key ${key}`);
    }
  }

  #readValues(values: Item): void {
    if (this.#unusedValues.size === 0) throw validation("ExpressionAttributeValues must not be empty");
    for (const key in values) {
      if (utf8Length(key) > MAX_KEY)
        throw validation(
          "ExpressionAttributeValues contains invalid key: The expression attribute map contains a key that is too long;",
        );
      if (!VALUE.test(key))
        throw validation(`ExpressionAttributeValues contains invalid key: Syntax error; key: "${key}"`);
    }
    for (const key in values) {
      try {
        this.#values[key] = checkedValue(values[key] as AttributeValue, { bytes: 0 });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        const older = error instanceof WordedError ? error.older : error.message;
        throw worded(error.message, `ExpressionAttributeValues contains invalid value: ${older} for key ${key}`);
      }
    }
  }
}

function unused(parameter: string, keys: ReadonlySet<string>, size: number): Error {
  return validation(
    `Value provided in ${parameter} unused in expressions: keys: {${inHashOrder([...keys], size).join(", ")}}`,
  );
}

/** Puts names into a path. */
export function bindPath(path: WrittenPath, label: string, bindings: Bindings): BoundPath {
  if (path.length > MAX_PARTS)
    throw invalidExpression(label, `The document path has too many nesting levels; nesting levels: ${path.length}`);
  const bound = path.map((part) =>
    typeof part === "number" || !part.startsWith("#") ? part : named(part, label, bindings),
  );
  if (bound.length > 1) (bindings.nested ??= []).push(bound);
  return bound;
}

function named(part: string, label: string, bindings: Bindings): string {
  const name = bindings.name(part);
  if (name === undefined)
    throw invalidExpression(
      label,
      `An expression attribute name used in the document path is not defined; attribute name: ${part}`,
    );
  return name;
}

/** `[a, b, [3]]`, as AWS shows a path. */
export function showPath(path: BoundPath): string {
  return `[${path.map((part) => (typeof part === "number" ? `[${part}]` : part)).join(", ")}]`;
}

export function samePath(left: BoundPath, right: BoundPath): boolean {
  return left.length === right.length && left.every((part, index) => part === right[index]);
}

/** Paths of one expression may neither contain each other nor use a name as a map and as a list. */
export function checkOverlap(paths: readonly BoundPath[], refused: (message: string) => Error): void {
  for (let right = 1; right < paths.length; right += 1) {
    for (let left = 0; left < right; left += 1) {
      const clash = clashOf(paths[left] as BoundPath, paths[right] as BoundPath);
      if (clash !== undefined) throw refused(clash);
    }
  }
}

function clashOf(one: BoundPath, two: BoundPath): string | undefined {
  let how = "overlap";
  for (let index = 0; index < one.length && index < two.length; index += 1) {
    if (one[index] === two[index]) continue;
    if (typeof one[index] === typeof two[index]) return undefined;
    how = "conflict";
    break;
  }
  return `Two document paths ${how} with each other; must remove or rewrite one of these paths; path one: ${showPath(one)}, path two: ${showPath(two)}`;
}
