// Describes a model. https://docs.aws.amazon.com/apigateway/latest/api/API_GetModel.html

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { GetModelInput, GetModelOutput } from "../../../../models/apigateway.d.ts";
import { modelOf, operation } from "../../store.ts";

export const getModel = operation<GetModelInput, GetModelOutput>((input, context) => {
  if (input.flatten === true) throw notEmulated("flattened models (flatten)");
  return modelOf(context, input.restApiId, input.modelName);
});
