// Adds a model: a JSON schema by name. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateModel.html

import type { CreateModelInput, CreateModelOutput } from "../../../../models/apigateway.d.ts";
import { badRequest, conflict } from "../../errors.ts";
import { checkSchema } from "../../rules/model.ts";
import { apiOf, key, operation, type ModelRow } from "../../store.ts";

export const createModel = operation<CreateModelInput, CreateModelOutput>((input, context) => {
  const { store, ids } = context;
  const { restApiId, name, contentType, description, schema } = input;
  apiOf(context, restApiId);
  if (name === "") throw badRequest("Model name must be non-empty");
  if (!/^[A-Za-z0-9]+$/.test(name)) throw badRequest(`Model name must be alphanumeric: ${name}`);
  if (store.models.has(key(restApiId, name))) throw conflict("Model name already exists for this REST API");
  checkSchema(schema, contentType);
  const row: ModelRow = {
    id: ids.lower(6),
    name,
    contentType,
    schema: schema ?? "",
    ...(description ? { description } : {}),
  };
  store.models.put(key(restApiId, name), row);
  return row;
});
