// What API Gateway answers of its own accord, and how an API's own words take their place.

import type { GatewayResponse } from "../../../models/apigateway.d.ts";
import { badRequest, notFound } from "../errors.ts";
import type { PatchRule, PatchRules } from "./patch.ts";
import type { GatewayResponseRow } from "../store.ts";

export const TEMPLATE = '{"message":$context.error.messageString}';

/** Type to status; the two defaults have none of their own. */
export const gatewayResponseStatus: Readonly<Record<string, number | undefined>> = {
  ACCESS_DENIED: 403,
  API_CONFIGURATION_ERROR: 500,
  AUTHORIZER_CONFIGURATION_ERROR: 500,
  AUTHORIZER_FAILURE: 500,
  BAD_REQUEST_BODY: 400,
  BAD_REQUEST_PARAMETERS: 400,
  DEFAULT_4XX: undefined,
  DEFAULT_5XX: undefined,
  EXPIRED_TOKEN: 403,
  INTEGRATION_FAILURE: 504,
  INTEGRATION_TIMEOUT: 504,
  INVALID_API_KEY: 403,
  INVALID_SIGNATURE: 403,
  MISSING_AUTHENTICATION_TOKEN: 403,
  QUOTA_EXCEEDED: 429,
  REQUEST_TOO_LARGE: 413,
  RESOURCE_NOT_FOUND: 404,
  THROTTLED: 429,
  UNAUTHORIZED: 401,
  UNSUPPORTED_MEDIA_TYPE: 415,
  WAF_FILTERED: 403,
};

/** One that is set: what it does not say is API Gateway's own. */
export function newGatewayResponse(settings: Omit<GatewayResponseRow, "defaultResponse">): GatewayResponseRow {
  const { responseType, responseParameters = {}, responseTemplates = {} } = settings;
  const statusCode = settings.statusCode ?? gatewayResponseStatus[responseType]?.toString();
  return {
    responseType,
    ...(statusCode === undefined ? {} : { statusCode }),
    responseParameters,
    responseTemplates:
      Object.keys(responseTemplates).length === 0 ? { "application/json": TEMPLATE } : responseTemplates,
    defaultResponse: false,
  };
}

/** As it answers when nobody set it. DEFAULT_4XX and DEFAULT_5XX speak for those that have no words of their own. */
export function effectiveResponse(
  type: string,
  own: (type: string) => GatewayResponseRow | undefined,
): GatewayResponse {
  const set = own(type);
  const status = gatewayResponseStatus[type];
  const statusCode = status === undefined ? {} : { statusCode: String(status) };
  if (set !== undefined) return { ...statusCode, ...set };
  const fallback = status === undefined ? undefined : own(status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
  return {
    responseType: type,
    ...statusCode,
    ...(fallback?.statusCode === undefined ? {} : { statusCode: fallback.statusCode }),
    responseParameters: fallback?.responseParameters ?? {},
    responseTemplates: fallback?.responseTemplates ?? { "application/json": TEMPLATE },
    defaultResponse: true,
  };
}

function mapRule(name: "responseParameters" | "responseTemplates"): PatchRule<GatewayResponseRow> {
  return {
    ops: ["add", "remove", "replace"],
    apply(row, { op, keys, value }) {
      const [named = ""] = keys;
      const map: Record<string, string> = { ...row[name] };
      if (op !== "add" && map[named] === undefined) throw notFound("Invalid parameter name specified");
      if (op !== "remove" && value === "") throw badRequest(`Invalid null or empty value in ${name}`);
      if (op === "remove") delete map[named];
      else map[named] = value;
      return { ...row, [name]: map };
    },
  };
}

export const gatewayResponsePatches: PatchRules<GatewayResponseRow> = {
  "/statusCode": { ops: ["replace"], apply: (row, { value }) => ({ ...row, statusCode: value }) },
  "/responseParameters/*": mapRule("responseParameters"),
  "/responseTemplates/*": mapRule("responseTemplates"),
};
