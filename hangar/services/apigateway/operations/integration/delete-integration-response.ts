// Removes an integration response. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteIntegrationResponse.html

import type {
  DeleteIntegrationResponseInput,
  DeleteIntegrationResponseOutput,
} from "../../../../models/apigateway.d.ts";
import { noSuchIntegration } from "../../errors.ts";
import { integrationResponseOf, putIntegrationResponseRow } from "../../rules/integration-response.ts";
import { methodKey, operation, resourceOf } from "../../store.ts";

export const deleteIntegrationResponse = operation<DeleteIntegrationResponseInput, DeleteIntegrationResponseOutput>(
  (input, context) => {
    resourceOf(context, input.restApiId, input.resourceId);
    // Of a method that is not there AWS speaks as of a missing integration.
    if (!context.store.methods.has(methodKey(input))) throw noSuchIntegration();
    integrationResponseOf(context, input);
    putIntegrationResponseRow(context, input, undefined);
    return {};
  },
);
