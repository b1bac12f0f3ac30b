// Removes a REST API and all that is in it. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteRestApi.html

import type { DeleteRestApiInput, DeleteRestApiOutput } from "../../../../models/apigateway.d.ts";
import { badRequest } from "../../errors.ts";
import { apiOf, operation, under } from "../../store.ts";

export const deleteRestApi = operation<DeleteRestApiInput, DeleteRestApiOutput>((input, context) => {
  const { store } = context;
  const { id } = apiOf(context, input.restApiId);
  for (const mapping of store.mappings.rows()) {
    if (mapping.restApiId === id)
      throw badRequest("Please remove all base path mappings related to the API from your domain names.");
  }
  const parts = [
    store.resources,
    store.methods,
    store.models,
    store.validators,
    store.authorizers,
    store.gatewayResponses,
    store.documentationParts,
    store.documentationVersions,
    store.deployments,
    store.stages,
  ];
  for (const table of parts) for (const key of Array.from(table.keys(under(id)))) table.delete(key);
  store.apis.delete(id);
  return {};
});
