// Applies an update to an item: every operand is read from the item as it was, and nothing of that item is changed.

import { invalidParameter, validation } from "../errors.ts";
import { typeOf, type AttributeValue, type Item } from "./attribute-value.ts";
import type { BoundPath } from "./bindings.ts";
import type { BoundAction, BoundUpdate, UpdateOperand } from "./bind-update.ts";
import { valueAt } from "./bound-condition.ts";
import { addNumbers } from "./decimal.ts";

type Mutable = { M: Record<string, AttributeValue> } | { L: (AttributeValue | undefined)[] };

const WRONG_TYPE = "An operand in the update expression has an incorrect data type";

export function applyUpdate(item: Item, update: BoundUpdate): Item {
  const draft = new Draft(item);
  for (const action of update.actions) {
    if (action.kind === "SET") draft.set(action.path, operandValue(action.operand, item));
    else if (action.kind === "REMOVE") draft.remove(action.path);
    else applyToSet(draft, item, action, update.legacy === true);
  }
  return draft.finished();
}

function applyToSet(
  draft: Draft,
  item: Item,
  action: Extract<BoundAction, { value: AttributeValue }>,
  legacy: boolean,
): void {
  const existing = valueAt(item, action.path);
  const type = typeOf(action.value);
  if (existing !== undefined && existing[type] === undefined)
    throw validation(legacy ? "Type mismatch for attribute to update" : WRONG_TYPE);
  if (action.kind === "ADD") return draft.set(action.path, added(existing, action.value));
  if (existing === undefined) return;
  const left = without(existing, action.value);
  if (left === undefined) draft.remove(action.path);
  else draft.set(action.path, left);
}

function operandValue(operand: UpdateOperand, item: Item): AttributeValue {
  switch (operand.kind) {
    case "literal":
      return operand.value;
    case "path": {
      const value = valueAt(item, operand.path);
      if (value === undefined)
        throw validation("The provided expression refers to an attribute that does not exist in the item");
      return value;
    }
    case "if_not_exists":
      return valueAt(item, operand.path) ?? operandValue(operand.otherwise, item);
    case "list_append": {
      const [left, right] = [operandValue(operand.left, item).L, operandValue(operand.right, item).L];
      if (left === undefined || right === undefined) throw validation(WRONG_TYPE);
      return { L: [...left, ...right] };
    }
    default: {
      const [left, right] = [operandValue(operand.left, item).N, operandValue(operand.right, item).N];
      if (left === undefined || right === undefined) throw validation(WRONG_TYPE);
      return { N: addNumbers(left, right, operand.kind === "-") };
    }
  }
}

function added(existing: AttributeValue | undefined, value: AttributeValue): AttributeValue {
  if (existing === undefined) return value;
  if (value.N !== undefined) return { N: addNumbers(existing.N as string, value.N) };
  if (value.SS !== undefined) return { SS: [...new Set([...(existing.SS ?? []), ...value.SS])] };
  if (value.NS !== undefined) return { NS: [...new Set([...(existing.NS ?? []), ...value.NS])] };
  if (value.L !== undefined) return { L: [...(existing.L ?? []), ...value.L] };
  const known = new Set((existing.BS ?? []).map(text));
  return { BS: [...(existing.BS ?? []), ...(value.BS ?? []).filter((bytes) => !known.has(text(bytes)))] };
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

/** Undefined when no member is left: sets are never empty. */
function without(existing: AttributeValue, value: AttributeValue): AttributeValue | undefined {
  const gone = new Set<string>(value.SS ?? value.NS ?? (value.BS ?? []).map(text));
  if (existing.BS !== undefined) {
    const blobs = existing.BS.filter((bytes) => !gone.has(text(bytes)));
    return blobs.length === 0 ? undefined : { BS: blobs };
  }
  const texts = (existing.SS ?? existing.NS ?? []).filter((member) => !gone.has(member));
  if (texts.length === 0) return undefined;
  return existing.SS === undefined ? { NS: texts } : { SS: texts };
}

/** A copy that grows where it is written. List indexes are those of the item as it was; gaps close at the end. */
class Draft {
  readonly #root: { M: Record<string, AttributeValue> };
  readonly #owned = new Set<object>();
  readonly #gapped = new Set<{ L: (AttributeValue | undefined)[] }>();

  constructor(item: Item) {
    this.#root = { M: { ...item } };
  }

  set(path: BoundPath, value: AttributeValue): void {
    const parent = this.#parent(path);
    const last = path.at(-1) as string | number;
    if ("M" in parent && typeof last === "string") {
      parent.M[last] = value;
    } else if ("L" in parent && typeof last === "number") {
      if (last > parent.L.length) this.#gapped.add(parent);
      parent.L[last] = value;
    } else {
      throw invalidPath();
    }
  }

  remove(path: BoundPath): void {
    const parent = this.#parent(path);
    const last = path.at(-1) as string | number;
    if ("M" in parent && typeof last === "string") {
      delete parent.M[last];
    } else if ("L" in parent && typeof last === "number") {
      if (last >= parent.L.length) return;
      parent.L[last] = undefined;
      this.#gapped.add(parent);
    } else {
      throw invalidPath();
    }
  }

  finished(): Item {
    for (const list of this.#gapped) {
      const kept = list.L.filter((value) => value !== undefined);
      list.L.splice(0, list.L.length, ...kept);
    }
    return this.#root.M;
  }

  /** The container of a path's last part, made this draft's own all the way down. */
  #parent(path: BoundPath): Mutable {
    let container: Mutable = this.#root;
    for (let index = 0; index < path.length - 1; index += 1) {
      const part = path[index] as string | number;
      const child: AttributeValue | undefined =
        "M" in container
          ? typeof part === "string" && Object.hasOwn(container.M, part)
            ? container.M[part]
            : undefined
          : typeof part === "number"
            ? container.L[part]
            : undefined;
      if (child === undefined || (child.M === undefined && child.L === undefined)) throw invalidPath();
      const own: Mutable = this.#owned.has(child)
        ? (child as Mutable)
        : child.M === undefined
          ? { L: [...(child.L ?? [])] }
          : { M: { ...child.M } };
      this.#owned.add(own);
      if ("M" in container) container.M[part as string] = own as AttributeValue;
      else container.L[part as number] = own as AttributeValue;
      container = own;
    }
    return container;
  }
}

function invalidPath(): Error {
  return validation("The document path provided in the update expression is invalid for update");
}

/** What the legacy DELETE action with a value says of a type that has no members. */
export function legacyDeleteUnsupported(type: string): Error {
  return invalidParameter(`DELETE action with value is not supported for the type ${type}`);
}
