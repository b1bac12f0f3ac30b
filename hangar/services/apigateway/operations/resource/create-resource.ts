// Adds a resource below another. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateResource.html

import type { CreateResourceInput, CreateResourceOutput } from "../../../../models/apigateway.d.ts";
import { resourceAnswer } from "../../rules/answers.ts";
import { checkQuota } from "../../rules/quotas.ts";
import { checkPart, childPath } from "../../rules/resource-tree.ts";
import { key, operation, resourceOf, under, type ResourceRow } from "../../store.ts";

export const createResource = operation<CreateResourceInput, CreateResourceOutput>((input, context) => {
  const { store, ids } = context;
  const parent = resourceOf(context, input.restApiId, input.parentId);
  const all = [...store.resources.rows(under(input.restApiId))];
  checkPart(
    input.pathPart,
    parent,
    all.filter((each) => each.parentId === parent.id),
  );
  checkQuota("Resources", all.length);
  const row: ResourceRow = {
    id: ids.lower(6),
    parentId: parent.id,
    pathPart: input.pathPart,
    path: childPath(parent, input.pathPart),
  };
  store.resources.put(key(input.restApiId, row.id), row);
  return resourceAnswer(row, [], false);
});
