// restXml: labels, query and headers, and XML in the body; S3 adds its addressing and its own error envelope.
import type { AwsError } from "../kernel/aws-error.ts";
import type { ServiceModel } from "../models/model.ts";
import { utf8 } from "./blob-text.ts";
import { modelledStatus } from "./json-errors.ts";
import { STATUS, type Protocol, type ResponseFacts, type WireRequest, type WireResponse } from "./protocol.ts";
import { awsQuery } from "./query.ts";
import { bindingsOf, type Bindings } from "./rest-bindings.ts";
import { readHead, writeHeaders } from "./rest-head.ts";
import { isRawPayload, readRawPayload, writeRawPayload } from "./rest-payload.ts";
import { restRoute } from "./rest-route.ts";
import { s3Address } from "./s3-address.ts";
import { checkS3Query } from "./s3-query.ts";
import { s3ControlError, s3Error, s3Headers } from "./s3-error.ts";
import { errorShape, isStructure, namedShape, operationNamed } from "./schema.ts";
import { malformedXml, parseXml } from "./xml-parse.ts";
import { xmlReaders } from "./xml-read.ts";
import { escapeXml, xmlDeclaration, xmlDocument, xmlElement } from "./xml-write.ts";

const xmlType = "application/xml";

/** Documents that S3 takes whatever their root is called. */
const ANY_ROOT: ReadonlySet<string> = new Set(["VersioningConfiguration"]);

const readPayload = (model: ServiceModel, { payload }: Bindings, request: WireRequest): Record<string, unknown> => {
  if (payload === undefined) return {};
  if (isRawPayload(model, payload)) {
    const raw = readRawPayload(model, payload, request);
    return raw === undefined ? {} : { [payload.name]: raw };
  }
  if (request.body.byteLength === 0) return {};
  const root = parseXml(utf8(request.body));
  const { xmlName } = payload.member;
  if (xmlName !== undefined && root.name !== xmlName && !ANY_ROOT.has(xmlName)) throw malformedXml();
  return { [payload.name]: xmlReaders(model).member(payload.member)(root) };
};

type Body = { readonly contentType?: string; readonly body: WireResponse["body"] };
const none: Body = { body: "" };

const rootName = (model: ServiceModel, shape: string): string => {
  const held = namedShape(model, shape);
  return (isStructure(held) ? held.xmlName : undefined) ?? shape;
};

/** The one S3 answer whose root is the member itself. */
const bucketLocation = (model: ServiceModel, output: Record<string, unknown>): Body => {
  const place = typeof output["LocationConstraint"] === "string" ? output["LocationConstraint"] : "";
  const attributes = ` xmlns="${model.xmlNamespace ?? ""}"`;
  return {
    contentType: xmlType,
    body: xmlDeclaration + xmlElement("LocationConstraint", escapeXml(place), attributes),
  };
};

const payloadBody = (model: ServiceModel, operation: string, output: Record<string, unknown>): Body => {
  const { payload } = bindingsOf(model, operationNamed(model, operation).output);
  const held = payload === undefined ? undefined : output[payload.name];
  if (payload === undefined || held === undefined) return none;
  const raw = writeRawPayload(model, operation, payload, held);
  if (raw !== undefined) return raw;
  const target = payload.member.target ?? "";
  return {
    contentType: xmlType,
    body: xmlDocument(model, { name: payload.member.xmlName ?? rootName(model, target), target }, held),
  };
};

const bodyOf = (model: ServiceModel, operation: string, output: Record<string, unknown>): Body => {
  const { output: shape } = operationNamed(model, operation);
  const bindings = bindingsOf(model, shape);
  if (model.service === "s3" && operation === "GetBucketLocation") return bucketLocation(model, output);
  if (bindings.payload !== undefined) return payloadBody(model, operation, output);
  if (shape === undefined || !bindings.hasOutputBody) return none;
  const unbound = Object.fromEntries(Object.entries(output).filter(([name]) => !headNames(bindings).has(name)));
  return { contentType: xmlType, body: xmlDocument(model, { name: rootName(model, shape), target: shape }, unbound) };
};

const headNames = (bindings: Bindings): ReadonlySet<string> =>
  new Set(
    [
      ...bindings.headers,
      ...bindings.prefixHeaders,
      ...(bindings.statusCode === undefined ? [] : [bindings.statusCode]),
    ].map(({ name }) => name),
  );

const ids = (model: ServiceModel, facts: ResponseFacts): Record<string, string> =>
  model.signingName === "s3"
    ? s3Headers(facts.requestId, facts.extendedRequestId)
    : { "x-amzn-requestid": facts.requestId };

/** Route 53 and CloudFront wrap their errors as query services do. */
const wrappedError = (
  model: ServiceModel,
  operation: string | undefined,
  error: AwsError,
  facts: ResponseFacts,
): WireResponse => {
  const { headers, ...answer } = awsQuery.serialiseError(model, operation, error, facts);
  return { ...answer, headers: { ...headers, ...ids(model, facts), "content-type": "text/xml" } };
};

/** S3 answers some changes without content, whatever its model says. */
const silent = new Set([
  "PutBucketPolicy",
  "PutBucketTagging",
  "PutBucketAnalyticsConfiguration",
  "PutBucketIntelligentTieringConfiguration",
  "PutBucketInventoryConfiguration",
  "PutBucketMetricsConfiguration",
]);

/** S3 Control says 200 of its deletions in its model, and answers 204. */
const statusOf = (model: ServiceModel, operation: string): number => {
  const { http, output } = operationNamed(model, operation);
  if (model.service === "s3" && silent.has(operation)) return 204;
  const isSilent = model.service === "s3control" && http?.method === "DELETE" && output === undefined;
  return isSilent ? 204 : (http?.code ?? 200);
};

export const restXml: Protocol = {
  name: "restXml",
  route(model, request) {
    if (model.service !== "s3") return restRoute(model, request);
    // Object Lambda puts a token, not a bucket, before the host.
    if (request.method === "POST" && request.path === "/WriteGetObjectResponse") return restRoute(model, request);
    const { bucket, path } = s3Address(request.host, request.path);
    return restRoute(model, { ...request, path }, bucket);
  },
  parse(model, route, request) {
    const { input } = operationNamed(model, route.operation);
    const bindings = bindingsOf(model, input);
    if (request.query !== "" && model.service === "s3") checkS3Query(route.operation, request.query);
    const members = readHead(model, route, request);
    if (bindings.payload !== undefined) return Object.assign(members, readPayload(model, bindings, request));
    if (input === undefined || !bindings.hasInputBody || request.body.byteLength === 0) return members;
    return Object.assign(members, xmlReaders(model).body(input)(parseXml(utf8(request.body))));
  },
  serialise(model, operation, output, facts) {
    const { output: shape } = operationNamed(model, operation);
    const { contentType, body } = bodyOf(model, operation, output);
    const { statusCode } = bindingsOf(model, shape);
    const chosen = statusCode === undefined ? (output as { [STATUS]?: number })[STATUS] : output[statusCode.name];
    const type = contentType === undefined ? {} : { "content-type": contentType };
    return {
      // S3 alone answers ranges, with a status its model does not have.
      status:
        typeof chosen === "number" ? chosen : output["ContentRange"] === undefined ? statusOf(model, operation) : 206,
      headers: { ...ids(model, facts), ...type, ...writeHeaders(model, shape, output) },
      body,
    };
  },
  serialiseError(model, operation, error, facts) {
    if (model.signingName !== "s3") return wrappedError(model, operation, error, facts);
    const isHead = operation !== undefined && model.operations[operation]?.http?.method === "HEAD";
    const shape = errorShape(model, error.code);
    const status = modelledStatus(model, error);
    const known = ids(model, facts);
    const headers = { ...known, ...error.headers, ...writeHeaders(model, shape?.name, error.members) };
    if (status === 304) return { status, headers, body: "" };
    const document = model.service === "s3" ? s3Error : s3ControlError;
    const body = isHead ? "" : document(error, { ...facts, extendedRequestId: known["x-amz-id-2"] });
    return { status, headers: { ...headers, "content-type": xmlType }, body };
  },
};
