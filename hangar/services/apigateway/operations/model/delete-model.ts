// Removes a model that no method uses. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteModel.html

import type { DeleteModelInput, DeleteModelOutput } from "../../../../models/apigateway.d.ts";
import { conflict } from "../../errors.ts";
import { key, modelOf, operation, under, type ApiGatewayStore, type MethodRow } from "../../store.ts";

export const deleteModel = operation<DeleteModelInput, DeleteModelOutput>((input, context) => {
  const { store } = context;
  const { restApiId } = input;
  const { name } = modelOf(context, restApiId, input.modelName);
  const uses = [...store.methods.rows(under(restApiId))].flatMap((method) => usesOf(method, name));
  // Where several use it, the recorded error names the one of the longer path.
  const [last] = uses
    .map(({ method, part }) => `${part}: ${pathOf(store, restApiId, method)}/${method.httpMethod}`)
    .toSorted((one, other) => other.length - one.length);
  if (last !== undefined) throw conflict(`Cannot delete model '${name}', is referenced in method ${last}`);
  store.models.delete(key(restApiId, name));
  return {};
});

type Use = { readonly method: MethodRow; readonly part: "request" | "response" };

function usesOf(method: MethodRow, model: string): Use[] {
  const responses = Object.values(method.methodResponses ?? {});
  const isIn = (models: Readonly<Record<string, string>> | undefined): boolean =>
    Object.values(models ?? {}).includes(model);
  if (isIn(method.requestModels)) return [{ method, part: "request" }];
  return responses.some(({ responseModels }) => isIn(responseModels)) ? [{ method, part: "response" }] : [];
}

function pathOf(store: ApiGatewayStore, apiId: string, { resourceId }: MethodRow): string {
  return store.resources.get(key(apiId, resourceId))?.path ?? "";
}
