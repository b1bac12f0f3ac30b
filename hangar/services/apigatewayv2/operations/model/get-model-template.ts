// Writes a mapping template that answers what a model describes.

import { sampleTemplate } from "../../../../kernel/model-template.ts";
import type { GetModelTemplateInput, GetModelTemplateOutput } from "../../../../models/apigatewayv2.d.ts";
import { modelOf, operation, under } from "../../store.ts";

export const getModelTemplate = operation<GetModelTemplateInput, GetModelTemplateOutput>((input, context) => {
  const { Schema = "" } = modelOf(context, input.ApiId, input.ModelId);
  const models = [...context.store.models.rows(under(input.ApiId))];
  return { Value: sampleTemplate(Schema, (name) => models.find((each) => each.Name === name)?.Schema) };
});
