// Changes the endpoint of a device. https://docs.aws.amazon.com/sns/latest/api/API_SetEndpointAttributes.html

import type { SetEndpointAttributesInput, SetEndpointAttributesOutput } from "../../../../models/sns.d.ts";
import { checkEndpointAttributes, deviceKey, endpointAt } from "../../rules/platform.ts";
import { operation } from "../../store.ts";

export const setEndpointAttributes = operation<SetEndpointAttributesInput, SetEndpointAttributesOutput>(
  (input, context) => {
    const { store } = context;
    const endpoint = endpointAt(context, input.EndpointArn);
    checkEndpointAttributes(input.Attributes);
    const next = { ...endpoint, attributes: { ...endpoint.attributes, ...input.Attributes } };
    store.endpoints.delete(deviceKey(endpoint));
    store.endpoints.put(deviceKey(next), next);
    store.endpointArns.put(next.arn, deviceKey(next));
    return {};
  },
);
