// A model as it starts and as it is changed.

import type { CreateModelInput, UpdateModelInput } from "../../../models/apigatewayv2.d.ts";
import { badRequest, conflict } from "../errors.ts";
import { under, type ApiGatewayV2Context, type ModelRow } from "../store.ts";
import { changed, given } from "./fields.ts";

export function newModel(context: ApiGatewayV2Context, input: CreateModelInput): ModelRow {
  const row = {
    ...given(input, "ApiId"),
    Name: input.Name,
    ContentType: input.ContentType ?? "application/json",
    ModelId: context.ids.lower(6),
  };
  checkModel(context, input.ApiId, row);
  return row;
}

export function changedModel(context: ApiGatewayV2Context, row: ModelRow, input: UpdateModelInput): ModelRow {
  const next = changed(row, given(input, "ApiId", "ModelId"));
  checkModel(context, input.ApiId, next);
  return next;
}

function checkModel({ store }: ApiGatewayV2Context, apiId: string, { Name, ModelId, Schema }: ModelRow): void {
  if (!/^[A-Za-z0-9]{1,255}$/.test(Name)) throw badRequest("Model name must be alphanumeric: " + Name);
  if (!isJson(Schema ?? "")) throw badRequest("Invalid model specified: Validation Result: schema is not valid JSON");
  for (const other of store.models.rows(under(apiId)))
    if (other.Name === Name && other.ModelId !== ModelId) throw conflict("Model name already exists for this Api");
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
