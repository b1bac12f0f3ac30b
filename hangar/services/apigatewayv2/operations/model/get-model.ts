// Tells of a model of an API.

import type { GetModelInput, GetModelOutput } from "../../../../models/apigatewayv2.d.ts";
import { operation, modelOf } from "../../store.ts";

export const getModel = operation<GetModelInput, GetModelOutput>((input, context) =>
  modelOf(context, input.ApiId, input.ModelId),
);
