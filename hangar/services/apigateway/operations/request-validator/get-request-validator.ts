// Describes a request validator. https://docs.aws.amazon.com/apigateway/latest/api/API_GetRequestValidator.html

import type { GetRequestValidatorInput, GetRequestValidatorOutput } from "../../../../models/apigateway.d.ts";
import { operation, validatorOf } from "../../store.ts";

export const getRequestValidator = operation<GetRequestValidatorInput, GetRequestValidatorOutput>((input, context) =>
  validatorOf(context, input.restApiId, input.requestValidatorId),
);
