// Changes how an answer of the backend becomes the method's. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateIntegrationResponse.html

import type {
  IntegrationResponse,
  UpdateIntegrationResponseInput,
  UpdateIntegrationResponseOutput,
} from "../../../../models/apigateway.d.ts";
import {
  checkIntegrationResponse,
  integrationResponseOf,
  putIntegrationResponseRow,
} from "../../rules/integration-response.ts";
import { applyPatch, entry, text, type PatchRules } from "../../rules/patch.ts";
import { operation } from "../../store.ts";

const patches: PatchRules<IntegrationResponse> = {
  "/selectionPattern": text("selectionPattern"),
  "/contentHandling": text("contentHandling", ["replace", "remove"]),
  "/responseParameters/*": entry("responseParameters"),
  "/responseTemplates/*": entry("responseTemplates"),
};

export const updateIntegrationResponse = operation<UpdateIntegrationResponseInput, UpdateIntegrationResponseOutput>(
  (input, context) => {
    const response = applyPatch(integrationResponseOf(context, input), input.patchOperations, patches);
    checkIntegrationResponse(response);
    putIntegrationResponseRow(context, input, response);
    return response;
  },
);
