// awsQuery and ec2Query: `Action` and dotted names in a form, XML back.
import type { AwsError } from "../kernel/aws-error.ts";
import type { ServiceModel } from "../models/model.ts";
import { utf8 } from "./blob-text.ts";
import { formTree, parsePairs } from "./form.ts";
import { modelledStatus } from "./json-errors.ts";
import type { Protocol, Route, WireRequest, WireResponse } from "./protocol.ts";
import { queryReaders } from "./query-read.ts";
import { errorShape, operationNamed } from "./schema.ts";
import { escapeXml, xmlDeclaration, xmlElement, xmlWriters } from "./xml-write.ts";

const noLabels: Readonly<Record<string, string>> = Object.freeze({});

/** A POST carries the form in its body, a GET in its query string; a presigned POST may use both. */
const queryPairs = (request: WireRequest): (readonly [string, string])[] => {
  const isForm =
    request.body.byteLength > 0 &&
    (request.headers["content-type"] ?? "application/x-www-form-urlencoded").includes("form-urlencoded");
  return [...parsePairs(request.query), ...(isForm ? parsePairs(utf8(request.body)) : [])];
};

const actionPattern = /(?:^|&)Action=([^&]*)/;

const actionOf = (request: WireRequest): string | undefined =>
  actionPattern.exec(utf8(request.body.subarray(0, 65_536)))?.[1] ??
  actionPattern.exec(request.query)?.[1] ??
  queryPairs(request).find(([name]) => name === "Action")?.[1];

const route = (model: ServiceModel, request: WireRequest): Route | undefined => {
  const operation = actionOf(request);
  return operation !== undefined && Object.hasOwn(model.operations, operation)
    ? { operation, labels: noLabels }
    : undefined;
};

const namespaceAttribute = (model: ServiceModel): string =>
  model.xmlNamespace === undefined ? "" : ` xmlns="${escapeXml(model.xmlNamespace)}"`;

/** Modelled members of an error beside its code and message. */
const errorMembers = (model: ServiceModel, error: AwsError): string => {
  const shape = errorShape(model, error.code);
  if (shape === undefined) return "";
  const { message: _message, Message: _Message, ...members } = error.members;
  return xmlWriters(model).content(shape.name)(members);
};

const queryErrorCode = (model: ServiceModel, error: AwsError): string => {
  const shape = errorShape(model, error.code);
  return shape === undefined ? error.code : (shape.facts.queryCode ?? shape.facts.code ?? shape.name);
};

const xml = (status: number, contentType: string, requestId: string, body: string): WireResponse => ({
  status,
  headers: { "x-amzn-requestid": requestId, "content-type": contentType },
  body,
});

/** The two batches of SQS whose refusals were recorded without a detail. */
const withoutDetail = new Set(["DeleteMessageBatch", "ChangeMessageVisibilityBatch"]);

/** SQS has an empty detail in its query errors, and says of a missing queue that it is of this version of the protocol. */
const queryMessage = (model: ServiceModel, operation: string | undefined, error: AwsError): string => {
  if (model.service !== "sqs") return xmlElement("Message", escapeXml(error.message));
  const message =
    error.code === "QueueDoesNotExist"
      ? error.message.replace("exist.", "exist for this wsdl version.")
      : error.message;
  return `${xmlElement("Message", escapeXml(message))}${withoutDetail.has(operation ?? "") ? "" : "<Detail/>"}`;
};

export const awsQuery: Protocol = {
  name: "awsQuery",
  route,
  parse(model, { operation }, request) {
    const { input } = operationNamed(model, operation);
    if (input === undefined) return {};
    return queryReaders(model, "aws")(input)(formTree(queryPairs(request))) as Record<string, unknown>;
  },
  serialise(model, operation, output, facts) {
    const { output: shape } = operationNamed(model, operation);
    const result =
      shape === undefined ? "" : xmlElement(`${operation}Result`, xmlWriters(model).content(shape)(output));
    const metadata = `<ResponseMetadata><RequestId>${escapeXml(facts.requestId)}</RequestId></ResponseMetadata>`;
    return xml(
      200,
      "text/xml",
      facts.requestId,
      xmlElement(`${operation}Response`, result + metadata, namespaceAttribute(model)),
    );
  },
  serialiseError(model, operation, error, facts) {
    const fault = error.fault === "server" ? "Receiver" : "Sender";
    const code = `<Code>${escapeXml(queryErrorCode(model, error))}</Code>`;
    const body = `<Error><Type>${fault}</Type>${code}${queryMessage(model, operation, error)}${errorMembers(model, error)}</Error>`;
    const requestId = `<RequestId>${escapeXml(facts.requestId)}</RequestId>`;
    return xml(
      modelledStatus(model, error),
      "text/xml",
      facts.requestId,
      xmlElement("ErrorResponse", body + requestId, namespaceAttribute(model)),
    );
  },
};

const ec2Type = "text/xml;charset=UTF-8";

export const ec2Query: Protocol = {
  name: "ec2Query",
  route,
  parse(model, { operation }, request) {
    const { input } = operationNamed(model, operation);
    if (input === undefined) return {};
    return queryReaders(model, "ec2")(input)(formTree(queryPairs(request))) as Record<string, unknown>;
  },
  serialise(model, operation, output, facts) {
    const { output: shape } = operationNamed(model, operation);
    // An operation without an output says that it worked.
    const content = shape === undefined ? "<return>true</return>" : xmlWriters(model).content(shape)(output);
    const requestId = `<requestId>${escapeXml(facts.requestId)}</requestId>`;
    const body = xmlDeclaration + xmlElement(`${operation}Response`, requestId + content, namespaceAttribute(model));
    return xml(200, ec2Type, facts.requestId, body);
  },
  serialiseError(model, _operation, error, facts) {
    const inner = `<Code>${escapeXml(queryErrorCode(model, error))}</Code><Message>${escapeXml(error.message)}</Message>`;
    const requestId = `<RequestID>${escapeXml(facts.requestId)}</RequestID>`;
    const body = `${xmlDeclaration}<Response><Errors><Error>${inner}</Error></Errors>${requestId}</Response>`;
    return xml(modelledStatus(model, error), ec2Type, facts.requestId, body);
  },
};
