// Error bodies of the JSON protocols: which namespace a service puts before its codes, and how the message is spelt.
import type { AwsError } from "../kernel/aws-error.ts";
import type { ServiceModel } from "../models/model.ts";
import type { JsonFlavour } from "./json-read.ts";
import { jsonWriters } from "./json-write.ts";
import { errorShape, type ErrorShape } from "./schema.ts";

/** Services whose `__type` names the shape's Java or Smithy namespace; the others send the bare name. */
const namespaces: Readonly<Record<string, string>> = {
  dynamodb: "com.amazonaws.dynamodb.v20120810#",
  dynamodbstreams: "com.amazonaws.dynamodb.v20120810#",
  sqs: "com.amazonaws.sqs#",
  cloudwatch: "com.amazonaws.cloudwatch.v2010_08_01#",
  cloudcontrol: "com.amazon.cloudapiservice#",
};

/** What SQS's framework calls the errors that its model does not have; the query code keeps the old name. */
const sqsFrameworkErrors: Readonly<Record<string, string>> = {
  InvalidParameterValue: "InvalidParameterValueException",
  MissingParameter: "MissingRequiredParameterException",
};

/** Errors of the framework in front of a service, not of its model. */
const frameworkErrors: ReadonlySet<string> = new Set([
  "SerializationException",
  "UnknownOperationException",
  "InvalidSignatureException",
  "IncompleteSignatureException",
  "MissingAuthenticationTokenException",
  "UnrecognizedClientException",
  "ExpiredTokenException",
  "AccessDeniedException",
  "InternalFailure",
]);

export const qualifiedType = (model: ServiceModel, code: string, error: ErrorShape | undefined): string => {
  const namespace = namespaces[model.service];
  if (error !== undefined) return `${namespace ?? ""}${error.name}`;
  if (code === "ValidationException" && (namespace !== undefined || model.service === "secretsmanager"))
    return `com.amazon.coral.validate#${code}`;
  const sqsName = model.service === "sqs" ? sqsFrameworkErrors[code] : undefined;
  if (sqsName !== undefined) return `com.amazon.coral.service#${sqsName}`;
  if (namespace !== undefined && frameworkErrors.has(code)) return `com.amazon.coral.service#${code}`;
  return code;
};

/** `message` or `Message`, as the shape has it; the framework's own errors say `Message` when they come from reading the request. */
const messageMember = (error: ErrorShape | undefined, { code, members }: AwsError): string => {
  if (error === undefined)
    return code === "SerializationException" || code === "AccessDeniedException" ? "Message" : "message";
  // DynamoDB spells it so when the item goes with it, whatever the model says.
  if (code === "ConditionalCheckFailedException" && members["Item"] !== undefined) return "Message";
  return Object.hasOwn(error.shape.members, "Message") ? "Message" : "message";
};

/** Members of the error as JSON would carry them, message included. */
export const jsonErrorMembers = (
  model: ServiceModel,
  error: AwsError,
  flavour: JsonFlavour,
): Record<string, unknown> => {
  const shape = errorShape(model, error.code);
  const name = messageMember(shape, error);
  const members =
    shape === undefined
      ? error.members
      : (jsonWriters(model, flavour).body(shape.name)(error.members) as Record<string, unknown>);
  // Lambda alone says whose fault it was in the body, and not always.
  const blame =
    shape !== undefined && Object.hasOwn(shape.shape.members, "Type") && !Object.hasOwn(error.members, "Type")
      ? { Type: error.fault === "server" ? "Service" : "User" }
      : {};
  return error.message === "" ? { ...blame, ...members } : { ...blame, [name]: error.message, ...members };
};

/** `x-amzn-query-error` for SDKs that know the code the service had when it spoke query. */
export const queryErrorHeader = (model: ServiceModel, error: AwsError): Record<string, string> => {
  if (!model.queryCompatible) return {};
  const code = errorShape(model, error.code)?.facts.queryCode ?? error.code;
  return { "x-amzn-query-error": `${code};${error.fault === "server" ? "Receiver" : "Sender"}` };
};

/** A service that did not choose a status gets the model's. */
export const modelledStatus = (model: ServiceModel, error: AwsError): number => {
  if (error.status !== 400) return error.status;
  return errorShape(model, error.code)?.facts.status ?? error.status;
};
