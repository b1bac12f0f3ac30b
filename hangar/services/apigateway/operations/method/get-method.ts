// Describes a method with its integration. https://docs.aws.amazon.com/apigateway/latest/api/API_GetMethod.html

import type { GetMethodInput, GetMethodOutput } from "../../../../models/apigateway.d.ts";
import { methodAnswer } from "../../rules/answers.ts";
import { methodOf, operation } from "../../store.ts";

export const getMethod = operation<GetMethodInput, GetMethodOutput>((input, context) =>
  methodAnswer(methodOf(context, input)),
);
