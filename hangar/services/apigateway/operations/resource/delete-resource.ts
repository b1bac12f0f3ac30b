// Removes a resource and all below it. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteResource.html

import type { DeleteResourceInput, DeleteResourceOutput } from "../../../../models/apigateway.d.ts";
import { badRequest } from "../../errors.ts";
import { subtree } from "../../rules/resource-tree.ts";
import { key, operation, resourceOf, under } from "../../store.ts";

export const deleteResource = operation<DeleteResourceInput, DeleteResourceOutput>((input, context) => {
  const { store } = context;
  const row = resourceOf(context, input.restApiId, input.resourceId);
  if (row.parentId === undefined) throw badRequest("Root resource cannot be deleted.");
  for (const each of subtree([...store.resources.rows(under(input.restApiId))], row)) {
    for (const method of Array.from(store.methods.keys(under(input.restApiId, each.id)))) store.methods.delete(method);
    store.resources.delete(key(input.restApiId, each.id));
  }
  return {};
});
