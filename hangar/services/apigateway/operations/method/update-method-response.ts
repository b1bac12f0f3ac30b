// Changes a response of a method. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateMethodResponse.html

import type {
  MethodResponse,
  UpdateMethodResponseInput,
  UpdateMethodResponseOutput,
} from "../../../../models/apigateway.d.ts";
import { noSuchStatus } from "../../errors.ts";
import { applyPatch, entry, type PatchRules } from "../../rules/patch.ts";
import { methodKey, methodOf, operation } from "../../store.ts";

const patches: PatchRules<MethodResponse> = {
  "/responseParameters/*": entry("responseParameters", ["add", "replace", "remove"], (value) => value === "true"),
  "/responseModels/*": entry("responseModels"),
};

export const updateMethodResponse = operation<UpdateMethodResponseInput, UpdateMethodResponseOutput>(
  (input, context) => {
    const method = methodOf(context, input);
    const before = method.methodResponses?.[input.statusCode];
    if (before === undefined) throw noSuchStatus();
    const response = applyPatch(before, input.patchOperations, patches);
    context.store.methods.put(methodKey(input), {
      ...method,
      methodResponses: { ...method.methodResponses, [input.statusCode]: response },
    });
    return response;
  },
);
