// Renames a resource or moves it. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateResource.html

import type { UpdateResourceInput, UpdateResourceOutput } from "../../../../models/apigateway.d.ts";
import { badRequest } from "../../errors.ts";
import { resourceAnswer } from "../../rules/answers.ts";
import { applyPatch, listingWords, type PatchRules } from "../../rules/patch.ts";
import { checkPart, childPath, subtree } from "../../rules/resource-tree.ts";
import { key, operation, resourceOf, under, type ResourceRow } from "../../store.ts";

const patches: PatchRules<ResourceRow> = {
  "/parentId": {
    ops: ["replace"],
    apply(row, { value }) {
      if (row.parentId === undefined) throw badRequest("Root resource cannot update its parentId.");
      return { ...row, parentId: value };
    },
  },
  "/pathPart": {
    ops: ["replace"],
    apply(row, { value }) {
      if (row.parentId === undefined) throw badRequest("Root resource cannot update its pathPart.");
      return { ...row, pathPart: value };
    },
  },
};

export const updateResource = operation<UpdateResourceInput, UpdateResourceOutput>((input, context) => {
  const { store } = context;
  const before = resourceOf(context, input.restApiId, input.resourceId);
  const row = applyPatch(before, input.patchOperations, patches, listingWords);
  if (row.parentId === undefined || row.pathPart === undefined) return resourceAnswer(row, [], false);
  const parent = resourceOf(context, input.restApiId, row.parentId);
  const all = [...store.resources.rows(under(input.restApiId))];
  if (subtree(all, before).some((each) => each.id === parent.id)) throw badRequest("Resources cannot be cyclical.");
  checkPart(
    row.pathPart,
    parent,
    all.filter((each) => each.parentId === parent.id && each.id !== row.id),
  );
  const paths = new Map<string, ResourceRow>([[parent.id, parent]]);
  for (const each of subtree(all, before)) {
    const moved = each.id === row.id ? row : each;
    const above = paths.get(moved.parentId ?? "") ?? parent;
    const placed = { ...moved, path: childPath(above, moved.pathPart ?? "") };
    paths.set(placed.id, placed);
    store.resources.put(key(input.restApiId, placed.id), placed);
  }
  return resourceAnswer(paths.get(row.id) ?? row, [...store.methods.rows(under(input.restApiId, row.id))], false);
});
