// Custom::AWS (AwsCustomResource): one API call on create, update and delete, its answer flattened into attributes.

import { textOf } from "../../rules/text.ts";
import { loadModel } from "../../../../models/load.ts";
import type { Member, ServiceModel } from "../../../../models/model.ts";
import {
  errorCode,
  type CallApi,
  type CustomProperties,
  type CustomRequest,
  type NativeCustom,
} from "./native-custom.ts";

type SdkCall = {
  readonly service: string;
  readonly action: string;
  readonly parameters?: unknown;
  readonly physicalResourceId?: { readonly id?: string; readonly responsePath?: string };
  readonly outputPaths?: readonly string[];
  readonly outputPath?: string;
  readonly region?: string;
  readonly assumedRoleArn?: string;
  readonly ignoreErrorCodesMatching?: string;
};

export const awsCall: NativeCustom = async (request, call) => {
  const sdk = sdkCall(request.properties[request.type]);
  const fallback =
    request.type === "Create"
      ? (firstId(request) ?? request.logicalId)
      : (sdk?.physicalResourceId?.id ?? request.physicalId ?? request.logicalId);
  if (sdk === undefined) return { physicalId: fallback, data: {} };
  const flat = await answerOf(sdk, request, call);
  const path = sdk.physicalResourceId?.responsePath;
  const physicalId = path === undefined ? fallback : textOf(flat[path] ?? fallback);
  const wanted = sdk.outputPaths ?? (sdk.outputPath === undefined ? undefined : [sdk.outputPath]);
  const data =
    wanted === undefined
      ? flat
      : Object.fromEntries(Object.entries(flat).filter(([key]) => wanted.some((item) => key.startsWith(item))));
  return { physicalId, data };
};

function sdkCall(value: unknown): SdkCall | undefined {
  if (value === undefined || value === "") return undefined;
  return (typeof value === "string" ? JSON.parse(value) : value) as SdkCall;
}

function firstId(request: CustomRequest): string | undefined {
  for (const type of ["Create", "Update", "Delete"]) {
    const id = sdkCall(request.properties[type])?.physicalResourceId?.id;
    if (id !== undefined) return id;
  }
  return undefined;
}

async function answerOf(sdk: SdkCall, request: CustomRequest, call: CallApi): Promise<Record<string, unknown>> {
  const service = serviceName(sdk.service);
  const operation = sdk.action.charAt(0).toUpperCase() + sdk.action.slice(1).replace(/Command$/, "");
  const parameters = withPhysicalId(sdk.parameters ?? {}, request.physicalId);
  const options = {
    ...(sdk.region === undefined ? {} : { region: sdk.region }),
    ...(sdk.assumedRoleArn === undefined ? {} : { roleArn: sdk.assumedRoleArn }),
  };
  try {
    const input = typed(parameters, service, operation) as CustomProperties;
    return { ...(await flatten(await call(service, operation, input, options))), region: sdk.region ?? request.region };
  } catch (error) {
    if (sdk.ignoreErrorCodesMatching === undefined || !new RegExp(sdk.ignoreErrorCodesMatching).test(errorCode(error)))
      throw error;
    return {};
  }
}

function withPhysicalId(value: unknown, physicalId: string | undefined): unknown {
  if (value === "PHYSICAL:RESOURCEID:") return physicalId;
  if (Array.isArray(value)) return value.map((item) => withPhysicalId(item, physicalId));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withPhysicalId(item, physicalId)]));
}

async function flatten(value: unknown, path = ""): Promise<Record<string, unknown>> {
  const out: Record<string, unknown> = {};
  if (typeof value !== "object" || value === null) return out;
  for (const [key, item] of Object.entries(value)) {
    const at = path === "" ? key : `${path}.${key}`;
    if (item instanceof Uint8Array) out[at] = Buffer.from(item).toString("utf8");
    else if (item instanceof Date) out[at] = item.toISOString();
    else if (typeof item === "object" && item !== null) Object.assign(out, await flatten(item, at));
    else out[at] = item;
  }
  return out;
}

/** SDK names that are not the endpoint's, without hyphens. */
const NAMES: Readonly<Record<string, string>> = {
  applicationautoscaling: "application-autoscaling",
  autoscaling: "autoscaling",
  cloudwatchevents: "events",
  cloudwatchlogs: "logs",
  cognitoidentity: "cognito-identity",
  cognitoidentityprovider: "cognito-idp",
  cognitoidentityserviceprovider: "cognito-idp",
  elasticloadbalancingv2: "elbv2",
  eventbridge: "events",
  rdsdata: "rds-data",
  rdsdataservice: "rds-data",
  redshiftdata: "redshift-data",
  route53: "route53",
  sfn: "states",
  stepfunctions: "states",
};

function serviceName(sdkName: string): string {
  const plain = sdkName
    .toLowerCase()
    .replace(/^@aws-sdk\/client-/, "")
    .replaceAll("-", "");
  return NAMES[plain] ?? plain;
}

/** Numbers and bytes that CloudFormation turned into text on the way, put back as the operation has them. */
function typed(value: unknown, service: string, operation: string): unknown {
  let model: ServiceModel;
  try {
    model = loadModel(service);
  } catch {
    return value;
  }
  const input = model.operations[operation]?.input;
  return input === undefined ? value : asMember(value, { target: input }, model);
}

function asMember(value: unknown, member: Member, model: ServiceModel): unknown {
  const shape = member.target === undefined ? undefined : model.shapes[member.target];
  const type = member.type ?? shape?.type;
  if (type === "blob") return typeof value === "string" ? new TextEncoder().encode(value) : value;
  if (type === "boolean") return value === "true" ? true : value === "false" ? false : value;
  if (type === "integer" || type === "long" || type === "float" || type === "double")
    return typeof value === "string" && value !== "" && !Number.isNaN(Number(value)) ? Number(value) : value;
  if (type === "timestamp") return typeof value === "string" || typeof value === "number" ? new Date(value) : value;
  if (shape === undefined || typeof value !== "object" || value === null) return value;
  if (shape.type === "list" && Array.isArray(value)) return value.map((item) => asMember(item, shape.member, model));
  if (shape.type === "map")
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asMember(item, shape.value, model)]));
  if (shape.type !== "structure" && shape.type !== "union") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      shape.members[key] === undefined ? item : asMember(item, shape.members[key], model),
    ]),
  );
}
