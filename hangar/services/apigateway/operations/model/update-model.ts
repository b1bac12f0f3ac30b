// Changes a model. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateModel.html

import type { UpdateModelInput, UpdateModelOutput } from "../../../../models/apigateway.d.ts";
import { checkSchema } from "../../rules/model.ts";
import { applyPatch, listingWords, optionalText, text, type PatchRules } from "../../rules/patch.ts";
import { key, modelOf, operation, type ModelRow } from "../../store.ts";

const patches: PatchRules<ModelRow> = {
  "/description": optionalText("description", ["replace"]),
  "/schema": text("schema"),
};

export const updateModel = operation<UpdateModelInput, UpdateModelOutput>((input, context) => {
  const row = applyPatch(
    modelOf(context, input.restApiId, input.modelName),
    input.patchOperations,
    patches,
    listingWords,
  );
  checkSchema(row.schema, row.contentType ?? "");
  context.store.models.put(key(input.restApiId, row.name), row);
  return row;
});
