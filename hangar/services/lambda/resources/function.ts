// The CloudFormation type AWS::Lambda::Function.

import type { Properties, ResourceContext, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { orUndo, unlessGone } from "../../../cloud/unless-gone.ts";
import { inlineArchive } from "../rules/inline-code.ts";
import { setTags, tagsOf } from "../rules/resource-tags.ts";
import { changed, list, members, optionalNumber, optionalText, present, text } from "../rules/property-values.ts";

const CONFIGURATION = [
  "DeadLetterConfig",
  "Description",
  "Environment",
  "EphemeralStorage",
  "FileSystemConfigs",
  "Handler",
  "ImageConfig",
  "KmsKeyArn",
  "Layers",
  "LoggingConfig",
  "MemorySize",
  "Role",
  "Runtime",
  "SnapStart",
  "Timeout",
  "TracingConfig",
  "VpcConfig",
];

export const lambdaFunction: ResourceType = {
  type: "AWS::Lambda::Function",
  properties: [
    "Code",
    "CodeSigningConfigArn",
    "DeadLetterConfig",
    "Description",
    "Environment",
    "EphemeralStorage",
    "FunctionName",
    "Handler",
    "ImageConfig",
    "KmsKeyArn",
    "Layers",
    "LoggingConfig",
    "MemorySize",
    "PackageType",
    "RecursiveLoop",
    "ReservedConcurrentExecutions",
    "Role",
    "Runtime",
    "Tags",
    "Timeout",
  ],
  inert: {
    Architectures: "kept and answered; functions run on this machine's processor",
    TracingConfig: "kept and answered; no segments are sent",
    SnapStart: "kept and answered; environments start as they are",
    FileSystemConfigs: "kept and answered; nothing is mounted",
    VpcConfig: "kept and answered; functions run on this machine's network",
    RuntimeManagementConfig: "runtimes are the machine's",
  },
  async create(properties, context) {
    const name = optionalText(properties["FunctionName"]) ?? context.physicalName(64);
    await context.call(
      "lambda",
      "CreateFunction",
      present({
        FunctionName: name,
        ...configuration(properties),
        Code: code(properties),
        PackageType: properties["PackageType"],
        CodeSigningConfigArn: optionalText(properties["CodeSigningConfigArn"]),
        Architectures: list(properties["Architectures"]),
        Tags: tagsOf(properties, context),
      }),
    );
    await orUndo(finish(name, properties, context), () =>
      context.call("lambda", "DeleteFunction", { FunctionName: name }),
    );
    return stateOf(name, properties, context);
  },
  async update(state, properties, previous, context) {
    const name = state.id;
    if (changed(properties, previous, ["CodeSigningConfigArn"])) await setCodeSigning(name, properties, context);
    if (changed(properties, previous, ["Code", "Architectures"])) {
      await context.call(
        "lambda",
        "UpdateFunctionCode",
        present({ FunctionName: name, ...code(properties), Architectures: list(properties["Architectures"]) }),
      );
    }
    if (changed(properties, previous, CONFIGURATION))
      await context.call(
        "lambda",
        "UpdateFunctionConfiguration",
        present({ FunctionName: name, ...withDefaults(name, configuration(properties)) }),
      );
    if (changed(properties, previous, ["ReservedConcurrentExecutions"])) await setReserved(name, properties, context);
    if (changed(properties, previous, ["RecursiveLoop"]))
      await context.call("lambda", "PutFunctionRecursionConfig", {
        FunctionName: name,
        RecursiveLoop: properties["RecursiveLoop"] ?? "Terminate",
      });
    await setTags(arnOf(name, context), properties, context);
    return stateOf(name, properties, context);
  },
  async delete(state, _properties, context) {
    await unlessGone(context.call("lambda", "DeleteFunction", { FunctionName: state.id }));
  },
  async read(id, context) {
    const answer = await unlessGone(context.call("lambda", "GetFunction", { FunctionName: id }));
    if (answer === undefined) return undefined;
    const {
      FunctionName,
      Handler,
      Role,
      Runtime,
      Timeout,
      MemorySize,
      Description,
      Environment,
      Architectures,
      EphemeralStorage,
      LoggingConfig,
      PackageType,
      TracingConfig,
    } = members(answer["Configuration"]);
    const tags = Object.entries(members(answer["Tags"])).map(([Key, Value]) => ({ Key, Value }));
    return present({
      FunctionName,
      Handler,
      Role,
      Runtime,
      Timeout,
      MemorySize,
      Description,
      Environment,
      Architectures,
      EphemeralStorage,
      LoggingConfig,
      PackageType,
      TracingConfig,
      ...(tags.length === 0 ? {} : { Tags: tags }),
    });
  },
};

async function finish(name: string, properties: Properties, context: ResourceContext): Promise<void> {
  const { RecursiveLoop } = properties;
  if (properties["ReservedConcurrentExecutions"] !== undefined) await setReserved(name, properties, context);
  if (RecursiveLoop !== undefined)
    await context.call("lambda", "PutFunctionRecursionConfig", { FunctionName: name, RecursiveLoop });
}

function code(properties: Properties): Record<string, unknown> {
  const source = members(properties["Code"]);
  const inline = source["ZipFile"];
  if (typeof inline === "string") return { ZipFile: inlineArchive(inline, text(properties["Runtime"])) };
  return present({
    S3Bucket: source["S3Bucket"],
    S3Key: source["S3Key"],
    S3ObjectVersion: source["S3ObjectVersion"],
    ImageUri: source["ImageUri"],
  });
}

function configuration(properties: Properties): Record<string, unknown> {
  const storage = optionalNumber(members(properties["EphemeralStorage"])["Size"]);
  return {
    Role: properties["Role"],
    Handler: properties["Handler"],
    Runtime: properties["Runtime"],
    Description: optionalText(properties["Description"]),
    Timeout: optionalNumber(properties["Timeout"]),
    MemorySize: optionalNumber(properties["MemorySize"]),
    Environment:
      properties["Environment"] === undefined
        ? undefined
        : {
            Variables: Object.fromEntries(
              Object.entries(members(members(properties["Environment"])["Variables"])).map(([name, value]) => [
                name,
                text(value),
              ]),
            ),
          },
    DeadLetterConfig: properties["DeadLetterConfig"],
    EphemeralStorage: storage === undefined ? undefined : { Size: storage },
    FileSystemConfigs: list(properties["FileSystemConfigs"]),
    ImageConfig: properties["ImageConfig"],
    KMSKeyArn: properties["KmsKeyArn"],
    Layers: list(properties["Layers"]),
    LoggingConfig: properties["LoggingConfig"],
    SnapStart: properties["SnapStart"],
    TracingConfig: properties["TracingConfig"],
    VpcConfig: properties["VpcConfig"],
  };
}

/** A property that a template drops goes back to its default. */
function withDefaults(name: string, input: Record<string, unknown>): Record<string, unknown> {
  const defaults: Record<string, unknown> = {
    Description: "",
    Timeout: 3,
    MemorySize: 128,
    Environment: { Variables: {} },
    DeadLetterConfig: { TargetArn: "" },
    EphemeralStorage: { Size: 512 },
    FileSystemConfigs: [],
    KMSKeyArn: "",
    Layers: [],
    LoggingConfig: { LogFormat: "Text", LogGroup: `/aws/lambda/${name}` },
    SnapStart: { ApplyOn: "None" },
    TracingConfig: { Mode: "PassThrough" },
    VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
    ...(input["Runtime"] === undefined ? { ImageConfig: {} } : {}),
  };
  return { ...defaults, ...present(input) };
}

async function setReserved(name: string, properties: Properties, context: ResourceContext): Promise<void> {
  const reserved = optionalNumber(properties["ReservedConcurrentExecutions"]);
  if (reserved !== undefined)
    await context.call("lambda", "PutFunctionConcurrency", {
      FunctionName: name,
      ReservedConcurrentExecutions: reserved,
    });
  else await unlessGone(context.call("lambda", "DeleteFunctionConcurrency", { FunctionName: name }));
}

async function setCodeSigning(name: string, properties: Properties, context: ResourceContext): Promise<void> {
  const CodeSigningConfigArn = optionalText(properties["CodeSigningConfigArn"]);
  const operation = `${CodeSigningConfigArn === undefined ? "Delete" : "Put"}FunctionCodeSigningConfig`;
  await context.call("lambda", operation, present({ FunctionName: name, CodeSigningConfigArn }));
}

function arnOf(name: string, context: ResourceContext): string {
  return `arn:aws:lambda:${context.region}:${context.account}:function:${name}`;
}

function stateOf(name: string, properties: Properties, context: ResourceContext): ResourceState {
  const applyOn = optionalText(members(properties["SnapStart"])["ApplyOn"]) ?? "None";
  const snapStart = { ApplyOn: applyOn, OptimizationStatus: "Off" };
  return {
    id: name,
    attributes: {
      Arn: arnOf(name, context),
      SnapStartResponse: snapStart,
      "SnapStartResponse.ApplyOn": snapStart.ApplyOn,
      "SnapStartResponse.OptimizationStatus": snapStart.OptimizationStatus,
    },
  };
}
