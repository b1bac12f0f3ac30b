// The tree of an API's resources: what a path part may be, and where it may stand.

import { badRequest, conflict } from "../errors.ts";
import type { ResourceRow } from "../store.ts";

const PART = /^(?:[\w.:-]+|\{[\w.:-]+\+?\})$/;

export function childPath(parent: ResourceRow, part: string): string {
  return parent.path === "/" ? `/${part}` : `${parent.path}/${part}`;
}

export function isVariable(part: string): boolean {
  return part.startsWith("{");
}

export function isGreedy(part: string): boolean {
  return part.endsWith("+}");
}

/** `siblings` are the resources that have the same parent, less the one that is moved. */
export function checkPart(part: string, parent: ResourceRow, siblings: readonly ResourceRow[]): void {
  if (!PART.test(part))
    throw badRequest(
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
    );
  if (siblings.some((sibling) => sibling.pathPart === part))
    throw conflict(`Another resource with the same parent already has this name: ${part}`);
  if (isGreedy(parent.pathPart ?? ""))
    throw badRequest(`Cannot create a child of a resource with a greedy path variable: ${parent.pathPart}`);
  const variable = isVariable(part) ? siblings.find((sibling) => isVariable(sibling.pathPart ?? "")) : undefined;
  if (variable !== undefined)
    throw badRequest(
      `A sibling (${variable.pathPart}) of this resource already has a variable path part -- only one is allowed`,
    );
  if (isVariable(part) && parent.path.split("/").includes(part))
    throw badRequest(`A parent of this resource already uses the path variable name ${part}`);
}

/** A resource and all below it, deepest last. */
export function subtree(all: readonly ResourceRow[], root: ResourceRow): readonly ResourceRow[] {
  return [root, ...all.filter((each) => each.parentId === root.id).flatMap((child) => subtree(all, child))];
}
