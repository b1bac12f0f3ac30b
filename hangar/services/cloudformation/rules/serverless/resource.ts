// A resource that SAM makes, and one of its own as the template gives it.

import { resourceProblem } from "./problems.ts";
import { deepCopy, entriesOf, put, type Fields } from "./python-order.ts";
import { matches, typeProblem, type Shape } from "./shape.ts";
import { at, getAtt, isFields, filled, ref, textOf } from "./values.ts";

const ATTRIBUTES = ["DeletionPolicy", "UpdatePolicy", "Condition", "UpdateReplacePolicy", "Metadata"];
const PASSED_ON = ["Condition", "DeletionPolicy", "UpdateReplacePolicy"];

export type Made = {
  readonly attributes?: Fields | undefined;
  readonly dependsOn?: unknown;
};

export class Resource {
  readonly type: string;
  logicalId: string;
  readonly properties: Fields;
  readonly attributes: Fields;
  dependsOn: unknown;

  constructor(type: string, logicalId: string, properties: Fields, { attributes, dependsOn }: Made = {}) {
    checkLogicalId(logicalId);
    this.type = type;
    this.logicalId = logicalId;
    this.properties = properties;
    this.attributes = { ...attributes };
    this.dependsOn = dependsOn;
  }

  /** What is passed on to everything made for it. */
  passedOn(): Fields {
    return passedOn(this.attributes);
  }

  ref(): Fields {
    return ref(this.logicalId);
  }

  arn(): Fields {
    return REF_IS_ARN.has(this.type) ? this.ref() : getAtt(this.logicalId, "Arn");
  }

  written(): Fields {
    const properties = Object.entries(this.properties).filter(([, value]) => value !== undefined && value !== null);
    return {
      Type: this.type,
      ...(filled(this.dependsOn) ? { DependsOn: this.dependsOn } : {}),
      ...this.attributes,
      Properties: Object.fromEntries(properties),
    };
  }
}

const REF_IS_ARN = new Set([
  "AWS::Lambda::Version",
  "AWS::Lambda::Alias",
  "AWS::SNS::Topic",
  "AWS::StepFunctions::StateMachine",
  "AWS::StepFunctions::StateMachineVersion",
  "AWS::StepFunctions::StateMachineAlias",
]);

export function passedOn(attributes: Fields): Fields {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => PASSED_ON.includes(name)));
}

function checkLogicalId(logicalId: string): void {
  if (!/^[A-Za-z0-9]+$/.test(logicalId)) throw resourceProblem(logicalId, "Logical ids must be alphanumeric.");
}

/** A resource of the template, its properties checked against what SAM says of its type. */
export function readResource(logicalId: string, given: Fields, type: string, shape: Shape): Resource {
  checkLogicalId(logicalId);
  if (!Object.hasOwn(given, "Type")) throw resourceProblem(logicalId, "Resource dict missing key 'Type'.");
  const properties = at(given, "Properties") ?? {};
  if (!isFields(properties)) throw resourceProblem(logicalId, "Properties of a resource must be an object.");
  const read: Fields = {};
  for (const [name, value] of entriesOf(properties)) {
    if (!Object.hasOwn(shape, name))
      throw resourceProblem(logicalId, `property ${name} not defined for resource of type ${type}`);
    put(read, name, value);
  }
  const attributes = entriesOf(given).filter(([name]) => ATTRIBUTES.includes(name));
  checkShape(logicalId, read, shape);
  return new Resource(type, logicalId, read, {
    attributes: Object.fromEntries(attributes),
    dependsOn: at(given, "DependsOn"),
  });
}

function checkShape(logicalId: string, properties: Fields, shape: Shape): void {
  for (const [name, wanted] of Object.entries(shape)) {
    const value = at(properties, name);
    if (value === undefined || value === null) {
      if (wanted.endsWith("!")) throw resourceProblem(logicalId, `Missing required property '${name}'.`);
    } else if (!matches(value, wanted)) throw resourceProblem(logicalId, typeProblem(name, wanted));
  }
}

/** Tags as CloudFormation lists them. */
export function tagList(tags: unknown): Fields[] {
  return isFields(tags)
    ? entriesOf(tags).map(([Key, Value]) => ({ Key, Value: Value === null || Value === undefined ? "" : Value }))
    : [];
}

const TAGGED = new Set([
  "AWS::Lambda::Function",
  "AWS::IAM::Role",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
  "AWS::S3::Bucket",
  "AWS::ApiGateway::RestApi",
  "AWS::ApiGateway::Stage",
  "AWS::ApiGateway::DomainName",
  "AWS::ApiGateway::UsagePlan",
  "AWS::ApiGateway::ApiKey",
  "AWS::StepFunctions::StateMachine",
]);

/** PropagateTags: all that can have tags gets the resource's. */
export function propagateTags(resources: readonly Resource[], tags: unknown): void {
  for (const resource of resources) if (TAGGED.has(resource.type)) resource.properties["Tags"] = tagList(tags);
}

/** The place of an object in S3: `s3://bucket/key?versionId=…`, or its parts. */
function objectAt(location: unknown): Fields | undefined {
  if (isFields(location)) return location;
  const text = textOf(location);
  if (text === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const versions = url.searchParams.getAll("versionId");
  if (url.protocol !== "s3:" || url.host === "" || url.pathname === "") return undefined;
  const bucket = text.slice("s3://".length).split("/")[0] ?? "";
  const key = (text.slice(`s3://${bucket}`.length).split(/[?#]/)[0] ?? "").replace(/^\/+/, "");
  return { Bucket: bucket, Key: key, ...(versions.length === 1 ? { Version: versions[0] } : {}) };
}

/** The members of an S3 location, renamed. */
export function locationOf(logicalId: string, property: string, given: unknown): Fields {
  const found = objectAt(given);
  if (found === undefined)
    throw resourceProblem(
      logicalId,
      `'${property}' is not a valid S3 Uri of the form 's3://bucket/key' with optional versionId query parameter.`,
    );
  if (isFields(given) && (!filled(found["Bucket"]) || !filled(found["Key"])))
    throw resourceProblem(logicalId, `'${property}' requires Bucket and Key properties to be specified.`);
  return deepCopy(found);
}
