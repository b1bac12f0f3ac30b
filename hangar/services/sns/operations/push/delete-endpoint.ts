// Deletes the endpoint of a device; one that is not there is no error. https://docs.aws.amazon.com/sns/latest/api/API_DeleteEndpoint.html

import type { DeleteEndpointInput, DeleteEndpointOutput } from "../../../../models/sns.d.ts";
import { deviceKey, findEndpoint } from "../../rules/platform.ts";
import { operation } from "../../store.ts";

export const deleteEndpoint = operation<DeleteEndpointInput, DeleteEndpointOutput>((input, context) => {
  const endpoint = findEndpoint(context, input.EndpointArn);
  if (endpoint === undefined) return {};
  context.store.endpoints.delete(deviceKey(endpoint));
  context.store.endpointArns.delete(endpoint.arn);
  return {};
});
