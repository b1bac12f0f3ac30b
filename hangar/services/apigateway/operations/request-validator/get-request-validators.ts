// Lists the request validators of an API. https://docs.aws.amazon.com/apigateway/latest/api/API_GetRequestValidators.html

import type { GetRequestValidatorsInput, GetRequestValidatorsOutput } from "../../../../models/apigateway.d.ts";
import { page } from "../../rules/pages.ts";
import { apiOf, operation, under } from "../../store.ts";

export const getRequestValidators = operation<GetRequestValidatorsInput, GetRequestValidatorsOutput>(
  (input, context) => {
    const { id } = apiOf(context, input.restApiId);
    return page(
      [...context.store.validators.rows(under(id))].map((row) => [row.id, row] as const),
      input,
    );
  },
);
