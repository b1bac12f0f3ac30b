// What an integration may point at, and what its patches do.

import type { Integration, PutIntegrationInput } from "../../../models/apigateway.d.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { integrationArn } from "../../../kernel/integration-arn.ts";
import { badRequest } from "../errors.ts";
import { entry, number, text, type PatchRules } from "./patch.ts";

const LONGEST = 29_000;
const MOST = 300_000;
const MOST_STREAMED = 900_000;

type Settings = {
  readonly [
    Name in
      | "type"
      | "uri"
      | "timeoutInMillis"
      | "integrationHttpMethod"
      | "connectionType"
      | "requestParameters"
      | "responseTransferMode"
  ]?: PutIntegrationInput[Name] | undefined;
};

export function checkIntegration(input: Settings): void {
  const { type, uri = "" } = input;
  checkTime(input);
  checkMappings(input.requestParameters ?? {});
  if (type === "MOCK") return;
  if (input.integrationHttpMethod === undefined || input.integrationHttpMethod === "")
    throw badRequest("Enumeration value for HttpMethod must be non-empty");
  if (uri.includes("${stageVariables.")) return;
  if (type === "HTTP" || type === "HTTP_PROXY") {
    if (input.connectionType !== "VPC_LINK" && !/^https?:\/\/[^/]/.test(uri))
      throw badRequest("Invalid HTTP endpoint specified for URI");
    return;
  }
  const target = integrationArn(uri);
  if (parseArn(uri) === undefined) throw badRequest("Invalid ARN specified in the request");
  if (target === undefined) throw badRequest("AWS ARN for integration must contain path or action");
  const proxied = target.service === "firehose" ? target.kind === "action" : functionOf(uri) !== undefined;
  if (type === "AWS_PROXY" && !proxied)
    throw badRequest(
      "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
    );
}

/** A response that comes as it is written may take a quarter of an hour. */
function checkTime({ type, responseTransferMode, timeoutInMillis = LONGEST }: Settings): void {
  const streams = responseTransferMode === "STREAM";
  if (streams && type !== "HTTP_PROXY" && type !== "AWS_PROXY")
    throw badRequest("Response transfer mode STREAM is only supported for HTTP_PROXY and AWS_PROXY integrations");
  if (timeoutInMillis < 50 || timeoutInMillis > (streams ? MOST_STREAMED : MOST))
    throw badRequest(`Timeout should be between 50 ms and ${streams ? MOST_STREAMED : LONGEST} ms`);
}

const TO = /^integration\.request\.(?:header|querystring|path|multivalueheader|multivaluequerystring)\.\S+$/;
const FROM =
  /^(?:'.*'|method\.request\.(?:header|querystring|path|multivalueheader|multivaluequerystring)\.\S+|method\.request\.body(?:\..+)?|context\.\S+|stageVariables\.\S+)$/s;

function checkMappings(parameters: Readonly<Record<string, string>>): void {
  for (const [to, from] of Object.entries(parameters)) {
    const wrong = TO.test(to) ? (FROM.test(from) ? undefined : from) : to;
    if (wrong !== undefined)
      throw badRequest(
        `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: ${wrong}]`,
      );
  }
}

/** The function that a Lambda integration's or authorizer's URI names. */
export function functionOf(uri: string): string | undefined {
  const target = integrationArn(uri);
  if (target?.service !== "lambda") return undefined;
  return INVOKE.exec(target.rest)?.[1] ?? STREAM.exec(target.rest)?.[1];
}

/** Whether a URI is of the operation whose response comes as it is written. */
export function isStreamUri(uri: string): boolean {
  return STREAM.test(integrationArn(uri)?.rest ?? "");
}

const INVOKE = /^2015-03-31\/functions\/(.+)\/invocations$/;
const STREAM = /^2021-11-15\/functions\/(.+)\/response-streaming-invocations$/;

/** As it is kept: AWS's defaults filled in. */
export function newIntegration(input: PutIntegrationInput, resourceId: string): Integration {
  const { restApiId: _api, resourceId: _resource, httpMethod: _method, integrationHttpMethod, ...rest } = input;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Integration;
  return {
    ...given,
    type: input.type,
    ...(input.type === "HTTP" || input.type === "HTTP_PROXY"
      ? { connectionType: input.connectionType ?? "INTERNET" }
      : {}),
    ...(integrationHttpMethod === undefined ? {} : { httpMethod: integrationHttpMethod }),
    passthroughBehavior: input.passthroughBehavior ?? "WHEN_NO_MATCH",
    timeoutInMillis: input.timeoutInMillis ?? LONGEST,
    cacheNamespace: input.cacheNamespace ?? resourceId,
    cacheKeyParameters: input.cacheKeyParameters ?? [],
  };
}

export const integrationPatches: PatchRules<Integration> = {
  "/type": text("type"),
  "/uri": text("uri"),
  "/httpMethod": text("httpMethod"),
  "/connectionType": text("connectionType"),
  "/connectionId": text("connectionId"),
  "/credentials": text("credentials", ["replace", "remove"]),
  "/passthroughBehavior": text("passthroughBehavior"),
  "/contentHandling": text("contentHandling", ["replace", "remove"]),
  "/cacheNamespace": text("cacheNamespace"),
  "/tlsConfig/insecureSkipVerification": {
    ops: ["replace"],
    apply: (row, { value }) => ({ ...row, tlsConfig: { insecureSkipVerification: value.toLowerCase() === "true" } }),
  },
  "/timeoutInMillis": number("timeoutInMillis"),
  "/responseTransferMode": text("responseTransferMode"),
  "/requestParameters/*": entry("requestParameters"),
  "/requestTemplates/*": entry("requestTemplates"),
  "/cacheKeyParameters/*": {
    ops: ["add", "remove"],
    apply(row, { op, keys }) {
      const [name = ""] = keys;
      const kept = (row.cacheKeyParameters ?? []).filter((each) => each !== name);
      return { ...row, cacheKeyParameters: op === "add" ? [...kept, name] : kept };
    },
  },
};
