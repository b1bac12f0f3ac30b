// Removes an API with all that it has.

import type { DeleteApiInput } from "../../../../models/apigatewayv2.d.ts";
import { removeContents } from "../../rules/contents.ts";
import { apiOf, operation, under } from "../../store.ts";

export const deleteApi = operation<DeleteApiInput, Record<string, never>>((input, context) => {
  apiOf(context, input.ApiId);
  removeContents(context.store, input.ApiId);
  for (const table of [context.store.stages, context.store.deployments])
    for (const place of Array.from(table.keys(under(input.ApiId)))) table.delete(place);
  context.store.apis.delete(input.ApiId);
  return {};
});
