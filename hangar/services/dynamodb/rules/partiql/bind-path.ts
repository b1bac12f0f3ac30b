// Turns names and paths of PartiQL statements into document paths.

import { validation } from "../../errors.ts";
import type { BoundPath } from "../bindings.ts";
import { wrongAt } from "./places.ts";
import type { Node, PathPart } from "./tree.ts";

const MAX_INDEX = 2_147_483_647;
const INTEGER = /^-?\d+$/;

export function pathOf(node: Node): BoundPath {
  if (node.kind === "name") return [checkedName(node.name)];
  if (node.kind !== "path") throw wrongAt("Unexpected path component", node.place);
  if (node.root.kind === "list") throw wrongAt("A path cannot start with a list index", node.root.place);
  return [...pathOf(node.root), ...node.parts.map(partOf)];
}

function checkedName(name: string): string {
  if (name === "") throw validation("Path component cannot be an empty string");
  return name;
}

function partOf(part: PathPart): string | number {
  if (part.kind === "key") return checkedName(part.name);
  if (part.kind === "unpivot") throw wrongAt("Unpivot path component like a.*.b are not supported", part.place);
  if (part.kind === "wildcard") throw wrongAt("Wildcard path component like a[*].b are not supported", part.place);
  const { node, place } = part;
  if (node.kind === "text") return checkedName(node.value);
  if (node.kind !== "number" || !INTEGER.test(node.value)) throw wrongAt("Unexpected path component", place);
  const index = Number(node.value);
  if (index < 0 || index > MAX_INDEX)
    throw wrongAt(`List index is not within the allowable range; index: [${BigInt(node.value)}]`, place);
  return Math.abs(index);
}
