// An integration as it starts and as it is changed.

import type { CreateIntegrationInput, UpdateIntegrationInput } from "../../../models/apigatewayv2.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { badRequest } from "../errors.ts";
import type { ApiRow, IntegrationRow } from "../store.ts";
import { changed, given, merged } from "./fields.ts";
import { checkParameters } from "./parameter-names.ts";
import { checkSubtype } from "./subtypes.ts";

type NewIntegration = Omit<CreateIntegrationInput, "ApiId">;

export function newIntegration(api: ApiRow, input: NewIntegration, IntegrationId: string): IntegrationRow {
  const http = api.ProtocolType === "HTTP";
  const templated = !http && !input.IntegrationType.endsWith("_PROXY");
  const row: IntegrationRow = {
    ...given(input as CreateIntegrationInput, "ApiId"),
    IntegrationId,
    IntegrationType: input.IntegrationType,
    ConnectionType: input.ConnectionType ?? "INTERNET",
    TimeoutInMillis: input.TimeoutInMillis ?? longest(api),
    PayloadFormatVersion: input.PayloadFormatVersion ?? "1.0",
    ...(http
      ? {}
      : {
          PassthroughBehavior: input.PassthroughBehavior ?? "WHEN_NO_MATCH",
          IntegrationResponseSelectionExpression: templated
            ? "${integration.response.statuscode}"
            : "${integration.response.body.errorMessage}",
        }),
  };
  checkIntegration(api, row);
  return row;
}

export function changedIntegration(api: ApiRow, row: IntegrationRow, input: UpdateIntegrationInput): IntegrationRow {
  const next = changed(row, {
    ...given(input, "ApiId", "IntegrationId"),
    RequestParameters: merged(row.RequestParameters, input.RequestParameters),
    ResponseParameters: merged(row.ResponseParameters, input.ResponseParameters),
  });
  checkIntegration(api, next);
  return next;
}

/** Milliseconds. */
export function longest({ ProtocolType }: Pick<ApiRow, "ProtocolType">): number {
  return ProtocolType === "HTTP" ? 30_000 : 29_000;
}

const LAMBDA_URI = /:lambda:|^\$\{stageVariables\./;

function checkIntegration(api: ApiRow, row: IntegrationRow): void {
  if (row.ConnectionType === "VPC_LINK") throw notEmulated("integrations through a VPC link (ConnectionType VPC_LINK)");
  if (row.TlsConfig !== undefined) throw notEmulated("TlsConfig of private integrations");
  if ((row.TimeoutInMillis ?? 0) > longest(api))
    throw badRequest(`Timeout should be between 50 ms and ${longest(api)} ms`);
  if (api.ProtocolType === "HTTP") checkHttp(row);
  else if (row.IntegrationSubtype !== undefined)
    throw badRequest("IntegrationSubtype is not supported for WebSocket APIs");
  if (row.IntegrationType !== "MOCK" && row.IntegrationSubtype === undefined && row.IntegrationUri === undefined)
    throw badRequest("Integration URI must be specified");
}

function checkHttp(row: IntegrationRow): void {
  const { IntegrationType: type, IntegrationUri: uri = "", IntegrationSubtype: subtype } = row;
  if (type !== "AWS_PROXY" && type !== "HTTP_PROXY")
    throw badRequest(`Integration type ${type} is not supported for HTTP APIs`);
  if (row.PayloadFormatVersion !== "1.0" && row.PayloadFormatVersion !== "2.0")
    throw badRequest("PayloadFormatVersion must be 1.0 or 2.0");
  checkParameters(row);
  if (subtype !== undefined) return checkSubtype(row);
  if (type === "HTTP_PROXY") {
    if (row.IntegrationMethod === undefined)
      throw badRequest("HttpMethod must be specified for HTTP_PROXY integrations");
    if (row.PayloadFormatVersion !== "1.0")
      throw badRequest("PayloadFormatVersion 2.0 is not supported for HTTP_PROXY");
    if (!/^https?:\/\/|^\$\{stageVariables\./.test(uri)) throw badRequest("Invalid HTTP endpoint specified for URI");
  } else if (!LAMBDA_URI.test(uri)) throw badRequest(`Invalid Lambda function specified for URI: ${uri}`);
}
