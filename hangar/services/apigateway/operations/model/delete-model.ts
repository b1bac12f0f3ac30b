// Removes a model that no method uses. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteModel.html

import type { DeleteModelInput, DeleteModelOutput } from "../../../../models/apigateway.d.ts";
import { conflict } from "../../errors.ts";
import { key, modelOf, operation, under } from "../../store.ts";

export const deleteModel = operation<DeleteModelInput, DeleteModelOutput>((input, context) => {
  const { store } = context;
  const { name } = modelOf(context, input.restApiId, input.modelName);
  for (const method of store.methods.rows(under(input.restApiId))) {
    const path = store.resources.get(key(input.restApiId, method.resourceId))?.path ?? "";
    const place = `${path}/${method.httpMethod}`;
    if (Object.values(method.requestModels ?? {}).includes(name))
      throw conflict(`Cannot delete model '${name}', is referenced in method request: ${place}`);
    const responses = Object.values(method.methodResponses ?? {});
    if (responses.some((response) => Object.values(response.responseModels ?? {}).includes(name)))
      throw conflict(`Cannot delete model '${name}', is referenced in method response: ${place}`);
  }
  store.models.delete(key(input.restApiId, name));
  return {};
});
