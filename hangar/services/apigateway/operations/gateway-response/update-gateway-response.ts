// Changes what the API says of its own accord. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateGatewayResponse.html

import type { UpdateGatewayResponseInput, UpdateGatewayResponseOutput } from "../../../../models/apigateway.d.ts";
import { gatewayResponseAnswer } from "../../rules/answers.ts";
import { effectiveResponse, gatewayResponsePatches } from "../../rules/gateway-responses.ts";
import { applyPatch, type PatchWords } from "../../rules/patch.ts";
import { apiOf, key, operation, type GatewayResponseRow } from "../../store.ts";

const words: PatchWords = (_op, path) => `Invalid patch path ${path ?? "null"}`;

export const updateGatewayResponse = operation<UpdateGatewayResponseInput, UpdateGatewayResponseOutput>(
  (input, context) => {
    const { id } = apiOf(context, input.restApiId);
    const { responseType } = input;
    const own = (type: string) => context.store.gatewayResponses.get(key(id, type));
    const before: GatewayResponseRow = { ...effectiveResponse(responseType, own), responseType };
    const row = { ...applyPatch(before, input.patchOperations, gatewayResponsePatches, words), defaultResponse: false };
    context.store.gatewayResponses.put(key(id, responseType), row);
    return gatewayResponseAnswer(row);
  },
);
