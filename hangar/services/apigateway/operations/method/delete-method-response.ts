// Removes a response of a method. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteMethodResponse.html

import type { DeleteMethodResponseInput, DeleteMethodResponseOutput } from "../../../../models/apigateway.d.ts";
import { noSuchStatus } from "../../errors.ts";
import { without } from "../../rules/patch.ts";
import { methodKey, methodOf, operation } from "../../store.ts";

export const deleteMethodResponse = operation<DeleteMethodResponseInput, DeleteMethodResponseOutput>(
  (input, context) => {
    const method = methodOf(context, input);
    const { [input.statusCode]: gone, ...methodResponses } = method.methodResponses ?? {};
    if (gone === undefined) throw noSuchStatus();
    const left = Object.keys(methodResponses).length > 0;
    const row = left ? { ...method, methodResponses } : without(method, "methodResponses");
    context.store.methods.put(methodKey(input), row);
    return {};
  },
);
