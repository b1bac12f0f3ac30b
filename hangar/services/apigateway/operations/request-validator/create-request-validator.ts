// Adds a request validator. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRequestValidator.html

import type { CreateRequestValidatorInput, CreateRequestValidatorOutput } from "../../../../models/apigateway.d.ts";
import { badRequest } from "../../errors.ts";
import { key, operation, type ValidatorRow } from "../../store.ts";

export const createRequestValidator = operation<CreateRequestValidatorInput, CreateRequestValidatorOutput>(
  (input, context) => {
    const { store, ids } = context;
    if (!store.apis.has(input.restApiId)) throw badRequest("Invalid REST API identifier specified");
    const row: ValidatorRow = {
      id: ids.lower(6),
      ...(input.name === undefined ? {} : { name: input.name }),
      validateRequestBody: input.validateRequestBody ?? false,
      validateRequestParameters: input.validateRequestParameters ?? false,
    };
    store.validators.put(key(input.restApiId, row.id), row);
    return row;
  },
);
