// ExpressionAttributeNames and ExpressionAttributeValues of a request, and which of them its expressions used.

import { AwsError } from "../../../kernel/aws-error.ts";
import { validation } from "../errors.ts";
import { checkedValue, type AttributeValue, type Item } from "./attribute-value.ts";
import type { WrittenPath } from "./expression-tree.ts";
import { isReserved } from "./reserved-words.ts";

export type BoundPath = readonly (string | number)[];

const NAME = /^#[0-9a-zA-Z_]+$/;
const VALUE = /^:[0-9a-zA-Z_]+$/;

export class Bindings {
  readonly #names: Readonly<Record<string, string>>;
  readonly #values: Record<string, AttributeValue> = {};
  readonly #unusedNames: Set<string>;
  readonly #unusedValues: Set<string>;

  constructor(names: Readonly<Record<string, string>> | undefined, values: Item | undefined) {
    this.#names = names ?? {};
    this.#unusedNames = new Set(Object.keys(this.#names));
    this.#unusedValues = new Set(Object.keys(values ?? {}));
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
    if (this.#unusedNames.size > 0)
      throw validation(
        `Value provided in ExpressionAttributeNames unused in expressions: keys: {${[...this.#unusedNames].join(", ")}}`,
      );
    if (this.#unusedValues.size > 0)
      throw validation(
        `Value provided in ExpressionAttributeValues unused in expressions: keys: {${[...this.#unusedValues].join(", ")}}`,
      );
  }

  #checkNames(): void {
    if (this.#unusedNames.size === 0) throw validation("ExpressionAttributeNames must not be empty");
    for (const [key, name] of Object.entries(this.#names)) {
      if (!NAME.test(key))
        throw validation(`ExpressionAttributeNames contains invalid key: Syntax error; key: "${key}"`);
      if (name === "")
        throw validation(
          `ExpressionAttributeNames contains invalid value: Empty attribute name; value: "" for key ${key}`,
        );
    }
  }

  #readValues(values: Item): void {
    if (this.#unusedValues.size === 0) throw validation("ExpressionAttributeValues must not be empty");
    for (const key in values)
      if (!VALUE.test(key))
        throw validation(`ExpressionAttributeValues contains invalid key: Syntax error; key: "${key}"`);
    for (const key in values) {
      try {
        this.#values[key] = checkedValue(values[key] as AttributeValue, { bytes: 0 });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        throw validation(`ExpressionAttributeValues contains invalid value: ${error.message} for key ${key}`);
      }
    }
  }
}

/** The first complaint of each sort: AWS reports sorts in an order of its own, whatever comes first in the text. */
export class Problems<Sort extends string> {
  readonly #first = new Map<Sort, string>();

  add(sort: Sort, message: string): void {
    if (!this.#first.has(sort)) this.#first.set(sort, message);
  }

  has(sort: Sort): boolean {
    return this.#first.has(sort);
  }

  first(order: readonly Sort[]): string | undefined {
    for (const sort of order) if (this.#first.has(sort)) return this.#first.get(sort);
    return undefined;
  }
}

/** Puts names into a path. `undefinedName` and `reserved` are told of what is wrong. */
export function bindPath(
  path: WrittenPath,
  bindings: Bindings,
  wrong: { undefinedName(message: string): void; reserved(message: string): void },
): BoundPath {
  return path.map((part) => {
    if (typeof part === "number") return part;
    if (!part.startsWith("#")) {
      if (isReserved(part)) wrong.reserved(`Attribute name is a reserved keyword; reserved keyword: ${part}`);
      return part;
    }
    const name = bindings.name(part);
    if (name === undefined)
      wrong.undefinedName(
        `An expression attribute name used in the document path is not defined; attribute name: ${part}`,
      );
    return name ?? part;
  });
}

/** `[a, b, [3]]`, as AWS shows a path. */
export function showPath(path: BoundPath): string {
  return `[${path.map((part) => (typeof part === "number" ? `[${part}]` : part)).join(", ")}]`;
}

export function samePath(left: BoundPath, right: BoundPath): boolean {
  return left.length === right.length && left.every((part, index) => part === right[index]);
}

/** Paths of one expression may neither contain each other nor use a name as a map and as a list. */
export function checkOverlap(
  paths: readonly BoundPath[],
  add: (sort: "overlap" | "conflict", message: string) => void,
): void {
  for (let right = 1; right < paths.length; right += 1) {
    for (let left = 0; left < right; left += 1) checkTwoPaths(paths[left] as BoundPath, paths[right] as BoundPath, add);
  }
}

function checkTwoPaths(
  one: BoundPath,
  two: BoundPath,
  add: (sort: "overlap" | "conflict", message: string) => void,
): void {
  const rest = `must remove or rewrite one of these paths; path one: ${showPath(one)}, path two: ${showPath(two)}`;
  for (let index = 0; index < one.length && index < two.length; index += 1) {
    if (typeof one[index] !== typeof two[index])
      return add("conflict", `Two document paths conflict with each other; ${rest}`);
    if (one[index] !== two[index]) return;
  }
  add("overlap", `Two document paths overlap with each other; ${rest}`);
}
