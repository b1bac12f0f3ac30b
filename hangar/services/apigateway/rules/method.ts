// What a method may say, and what its patches do.

import type { PutMethodInput } from "../../../models/apigateway.d.ts";
import { badRequest } from "../errors.ts";
import { entry, flag, text, type PatchRules } from "./patch.ts";
import { key, type ApiGatewayContext, type MethodRow } from "../store.ts";

const METHODS = new Set(["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "ANY"]);

type Settings = Pick<
  PutMethodInput,
  "authorizationType" | "authorizerId" | "requestValidatorId" | "requestModels" | "requestParameters"
>;

export function checkHttpMethod(method: string): void {
  if (!METHODS.has(method))
    throw badRequest("Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY");
}

/** All that a method refers to must be there. */
export function checkMethod({ store }: ApiGatewayContext, apiId: string, settings: Settings): void {
  const { authorizationType, authorizerId, requestValidatorId, requestModels = {} } = settings;
  if (authorizationType === "CUSTOM" || authorizationType === "COGNITO_USER_POOLS") {
    if (authorizerId === undefined || !store.authorizers.has(key(apiId, authorizerId)))
      throw badRequest(
        "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
      );
  }
  if (requestValidatorId !== undefined && !store.validators.has(key(apiId, requestValidatorId)))
    throw badRequest("Invalid Request Validator identifier specified");
  for (const name of Object.values(requestModels)) {
    if (!store.models.has(key(apiId, name))) throw badRequest(`Invalid model identifier specified: ${name}`);
  }
  checkParameters(settings.requestParameters ?? {});
}

function checkParameters(parameters: Readonly<Record<string, boolean>>): void {
  const names = new Set<string>();
  for (const parameter of Object.keys(parameters)) {
    const found = /^method\.request\.(?:querystring|path|header|multivaluequerystring|multivalueheader)\.(.+)$/.exec(
      parameter,
    );
    const name = found?.[1];
    if (name === undefined)
      throw badRequest(
        `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: ${parameter}]`,
      );
    if (names.has(name)) throw badRequest("Parameter names must be unique across querystring, header and path");
    names.add(name);
  }
}

export const methodPatches: PatchRules<MethodRow> = {
  "/authorizationType": text("authorizationType"),
  "/authorizerId": text("authorizerId"),
  "/apiKeyRequired": flag("apiKeyRequired"),
  "/operationName": text("operationName"),
  "/requestValidatorId": text("requestValidatorId"),
  "/authorizationScopes": {
    ops: ["add", "replace", "remove"],
    apply(row, { op, value }) {
      const now = row.authorizationScopes ?? [];
      return { ...row, authorizationScopes: op === "remove" ? now.filter((each) => each !== value) : [...now, value] };
    },
  },
  "/requestParameters/*": entry("requestParameters", ["add", "replace", "remove"], (value) => value === "true"),
  "/requestModels/*": entry("requestModels"),
};
