// A function's configuration: AWS's defaults, what an update changes, what is refused, and the answer it makes.

import type { FileSystemConfigList, FunctionConfiguration } from "../../../models/lambda.d.ts";
import { invalidParameter } from "../errors.ts";
import type { VersionRow } from "../store.ts";
import { functionArn, type Place } from "./function-name.ts";
import { runtimeVersionArn } from "./runtimes.ts";

const MAX_VARIABLES = 4096;

/** Variables a function may not set. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const RESERVED = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_DEFAULT_REGION",
  "AWS_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_LAMBDA_RUNTIME_API",
  "LAMBDA_TASK_ROOT",
  "LAMBDA_RUNTIME_DIR",
]);

export function checkVariables(variables: Readonly<Record<string, string>> | undefined): void {
  if (variables === undefined) return;
  const reserved = Object.keys(variables).filter((name) => RESERVED.has(name));
  if (reserved.length > 0) {
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(", ")}`,
    );
  }
  const text = JSON.stringify(variables);
  if (Buffer.byteLength(text) > MAX_VARIABLES) {
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${text}`,
    );
  }
}

/** An empty list takes back what was set. */
export function keptFileSystems(given: FileSystemConfigList | undefined): FileSystemConfigList | undefined {
  return given === undefined || given.length === 0 ? undefined : given;
}

/** `2024-01-31T09:30:00.000+0000` */
export function awsTimestamp(time: number): string {
  return new Date(time).toISOString().replace("Z", "+0000");
}

export type AnswerKind =
  /** CreateFunction, UpdateFunction*: the state on the way. */
  | "creating"
  | "updating"
  | "settled"
  /** In ListFunctions and ListVersionsByFunction, which leave states out. */
  | "listed";

/** `variablesError`: why they cannot be shown. */
type Configured = VersionRow & { readonly variablesError?: { readonly ErrorCode: string; readonly Message: string } };

/** `qualifier` is what the ARN ends in; absent for unqualified calls. */
export function configurationAnswer(
  row: Configured,
  place: Place,
  kind: AnswerKind,
  qualifier?: string,
): FunctionConfiguration {
  return {
    FunctionName: row.name,
    FunctionArn: functionArn(place, row.name, qualifier),
    ...(row.runtime === undefined ? {} : { Runtime: row.runtime }),
    Role: row.role,
    ...(row.handler === undefined ? {} : { Handler: row.handler }),
    CodeSize: row.code.size,
    Description: row.description,
    Timeout: row.timeout,
    MemorySize: row.memorySize,
    LastModified: awsTimestamp(row.modifiedAt),
    CodeSha256: row.code.sha256,
    Version: row.version,
    ...optionalParts(row),
    TracingConfig: { Mode: row.tracing },
    RevisionId: row.revisionId,
    PackageType: row.image === undefined ? "Zip" : "Image",
    Architectures: [row.architecture],
    EphemeralStorage: { Size: row.ephemeralStorage },
    SnapStart: { ApplyOn: row.snapStart, OptimizationStatus: "Off" },
    ...(kind === "listed" || row.runtime === undefined
      ? {}
      : { RuntimeVersionConfig: { RuntimeVersionArn: runtimeVersionArn(place.region, row.runtime) } }),
    LoggingConfig: {
      LogFormat: row.logFormat,
      ...(row.applicationLogLevel === undefined ? {} : { ApplicationLogLevel: row.applicationLogLevel }),
      ...(row.systemLogLevel === undefined ? {} : { SystemLogLevel: row.systemLogLevel }),
      LogGroup: row.logGroup,
    },
    ...stateParts(kind),
  };
}

function optionalParts(row: Configured): Partial<FunctionConfiguration> {
  const inVpc = row.subnetIds.length > 0 || row.securityGroupIds.length > 0;
  return {
    ...(row.variablesError === undefined ? {} : { Environment: { Error: row.variablesError } }),
    ...(row.variables === undefined ? {} : { Environment: { Variables: row.variables } }),
    ...(row.image?.config === undefined ? {} : { ImageConfigResponse: { ImageConfig: row.image.config } }),
    ...(row.fileSystems === undefined ? {} : { FileSystemConfigs: row.fileSystems }),
    ...(row.kmsKeyArn === undefined ? {} : { KMSKeyArn: row.kmsKeyArn }),
    ...(row.deadLetterArn === undefined ? {} : { DeadLetterConfig: { TargetArn: row.deadLetterArn } }),
    ...(row.layers.length === 0
      ? {}
      : { Layers: row.layers.map((layer) => ({ Arn: layer.arn, CodeSize: layer.size })) }),
    ...(inVpc
      ? {
          VpcConfig: {
            SubnetIds: row.subnetIds,
            SecurityGroupIds: row.securityGroupIds,
            VpcId: "",
            Ipv6AllowedForDualStack: row.ipv6,
          },
        }
      : {}),
  };
}

function stateParts(kind: AnswerKind): Partial<FunctionConfiguration> {
  if (kind === "listed") return {};
  if (kind === "creating")
    return { State: "Pending", StateReason: "The function is being created.", StateReasonCode: "Creating" };
  if (kind === "updating")
    return {
      State: "Active",
      LastUpdateStatus: "InProgress",
      LastUpdateStatusReason: "The function is being created.",
      LastUpdateStatusReasonCode: "Creating",
    };
  return { State: "Active", LastUpdateStatus: "Successful" };
}
