// Changes a method. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateMethod.html

import type { UpdateMethodInput, UpdateMethodOutput } from "../../../../models/apigateway.d.ts";
import { methodAnswer } from "../../rules/answers.ts";
import { checkMethod, methodPatches } from "../../rules/method.ts";
import { applyPatch, without } from "../../rules/patch.ts";
import { methodKey, methodOf, operation } from "../../store.ts";

export const updateMethod = operation<UpdateMethodInput, UpdateMethodOutput>((input, context) => {
  const patched = applyPatch(methodOf(context, input), input.patchOperations, methodPatches);
  // An authorizer is of no interest to the other kinds of authorization: it is forgotten.
  const custom = patched.authorizationType === "CUSTOM" || patched.authorizationType === "COGNITO_USER_POOLS";
  const row = custom ? patched : without(patched, "authorizerId");
  checkMethod(context, input.restApiId, { ...row, authorizationType: row.authorizationType ?? "NONE" });
  context.store.methods.put(methodKey(input), row);
  return methodAnswer(row);
});
