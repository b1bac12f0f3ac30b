// Reads the endpoint of a device. https://docs.aws.amazon.com/sns/latest/api/API_GetEndpointAttributes.html

import type { GetEndpointAttributesInput, GetEndpointAttributesOutput } from "../../../../models/sns.d.ts";
import { endpointAt } from "../../rules/platform.ts";
import { operation } from "../../store.ts";

export const getEndpointAttributes = operation<GetEndpointAttributesInput, GetEndpointAttributesOutput>(
  (input, context) => ({ Attributes: endpointAt(context, input.EndpointArn).attributes }),
);
