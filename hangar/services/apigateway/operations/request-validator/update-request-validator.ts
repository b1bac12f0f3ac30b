// Changes a request validator. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateRequestValidator.html

import type { UpdateRequestValidatorInput, UpdateRequestValidatorOutput } from "../../../../models/apigateway.d.ts";
import { badRequest } from "../../errors.ts";
import { applyPatch, flag, listingWords, type PatchRules } from "../../rules/patch.ts";
import { key, operation, validatorOf, type ValidatorRow } from "../../store.ts";

const patches: PatchRules<ValidatorRow> = {
  "/name": {
    ops: ["replace"],
    apply(row, { value }) {
      if (value === "") throw badRequest("Request Validator name cannot be blank");
      return { ...row, name: value };
    },
  },
  "/validateRequestParameters": flag("validateRequestParameters"),
  "/validateRequestBody": flag("validateRequestBody"),
};

export const updateRequestValidator = operation<UpdateRequestValidatorInput, UpdateRequestValidatorOutput>(
  (input, context) => {
    const before = validatorOf(context, input.restApiId, input.requestValidatorId);
    const row = applyPatch(before, input.patchOperations, patches, listingWords);
    context.store.validators.put(key(input.restApiId, row.id), row);
    return row;
  },
);
