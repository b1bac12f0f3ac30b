// Request validators: required parameters, and the body against its model.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html

import { bodyCheck } from "../../../kernel/body-schema.ts";
import { failures } from "../rules/failure.ts";
import { header, mediaType, ofType, type Invocation } from "../rules/invocation.ts";
import { requestValue } from "../rules/request-value.ts";
import type { Route } from "../rules/routes.ts";

export async function validateRequest(invocation: Invocation, { method }: Route): Promise<void> {
  const validator = invocation.compiled.validators.get(method.requestValidatorId ?? "");
  if (validator === undefined) return;
  if (validator.validateRequestParameters === true) checkParameters(invocation, method.requestParameters ?? {});
  if (validator.validateRequestBody === true) await checkBody(invocation, method.requestModels ?? {});
}

/** An empty value counts as none. */
function checkParameters(invocation: Invocation, parameters: Readonly<Record<string, boolean>>): void {
  const missing = Object.keys(parameters)
    .filter((name) => parameters[name] === true && (requestValue(invocation, name) ?? "") === "")
    .toSorted()
    .map((name) => name.split(".").slice(3).join("."));
  if (missing.length > 0) throw failures.badParameters(missing);
}

async function checkBody(invocation: Invocation, models: Readonly<Record<string, string>>): Promise<void> {
  const type = mediaType(header(invocation, "content-type")) || "application/json";
  const name = ofType(models, type) ?? models["$default"];
  if (name === undefined) return;
  const { bodyChecks, snapshot } = invocation.compiled;
  let check = bodyChecks.get(name);
  if (check === undefined) {
    const model = snapshot.models.find((each) => each.name === name);
    if (model === undefined) throw failures.misconfigured();
    check = await bodyCheck(model, snapshot.models).catch(() => {
      throw failures.misconfigured(`Invalid model ${name}`);
    });
    bodyChecks.set(name, check);
  }
  const wrong = check(invocation.body.toString("utf8"));
  if (wrong !== undefined) throw failures.badBody(wrong);
}
