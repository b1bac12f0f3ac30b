// Removes a request validator that no method uses. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteRequestValidator.html

import type { DeleteRequestValidatorInput, DeleteRequestValidatorOutput } from "../../../../models/apigateway.d.ts";
import { conflict } from "../../errors.ts";
import { key, operation, under, validatorOf } from "../../store.ts";

export const deleteRequestValidator = operation<DeleteRequestValidatorInput, DeleteRequestValidatorOutput>(
  (input, context) => {
    const { store } = context;
    const { id } = validatorOf(context, input.restApiId, input.requestValidatorId);
    for (const method of store.methods.rows(under(input.restApiId))) {
      if (method.requestValidatorId === id)
        throw conflict(`Cannot delete request validator '${id}', is referenced in method: ${method.httpMethod}`);
    }
    store.validators.delete(key(input.restApiId, id));
    return {};
  },
);
