// Changes a response of a method. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateMethodResponse.html

import type {
  MethodResponse,
  UpdateMethodResponseInput,
  UpdateMethodResponseOutput,
} from "../../../../models/apigateway.d.ts";
import { noSuchStatus, notFound } from "../../errors.ts";
import { applyPatch, entry, type PatchRule, type PatchRules } from "../../rules/patch.ts";
import { methodKey, methodOf, operation } from "../../store.ts";

/** What is replaced or removed must be there. */
function present(name: "responseParameters" | "responseModels", missing: string): PatchRule<MethodResponse> {
  const read = name === "responseParameters" ? (value: string) => value === "true" : (value: string) => value;
  const rule = entry<MethodResponse>(name, ["add", "replace", "remove"], read);
  return {
    ops: rule.ops,
    apply(row, change) {
      if (change.op !== "add" && row[name]?.[change.keys[0] ?? ""] === undefined) throw notFound(missing);
      return rule.apply(row, change);
    },
  };
}

const patches: PatchRules<MethodResponse> = {
  "/responseParameters/*": present("responseParameters", "Invalid parameter name specified"),
  "/responseModels/*": present("responseModels", "Content-Type specified was not found"),
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
