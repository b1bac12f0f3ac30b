// Creates a function. https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { CreateFunctionRequest, FunctionConfiguration } from "../../../../models/lambda.d.ts";
import { checkWhole } from "../../engine/code-archive.ts";
import { engineOf } from "../../engine/engines.ts";
import { layersOf } from "../../engine/foreign-layers.ts";
import { takeCode } from "../../engine/function-code.ts";
import { checkRole } from "../../engine/run-function.ts";
import { readable, sealVariables } from "../../engine/sealed-variables.ts";
import { conflict, invalidParameter } from "../../errors.ts";
import { checkSettings } from "../../rules/check-settings.ts";
import { checkDeadLetter } from "../../rules/check-targets.ts";
import { checkSignature } from "../../rules/code-signing.ts";
import { checkVariables, configurationAnswer, keptFileSystems } from "../../rules/configuration.ts";
import { functionArn, resolveReference } from "../../rules/function-name.ts";
import { checkArchiveSettings, checkImageSettings, keptImageConfig } from "../../rules/image.ts";

import { checkRuntime } from "../../rules/runtimes.ts";
import { operation, type CodeRow, type LambdaContext, type VersionRow } from "../../store.ts";
import { checkTagCount } from "../../rules/tags.ts";

export const createFunction = operation<CreateFunctionRequest, FunctionConfiguration>(async (input, context) => {
  const { name } = resolveReference(input.FunctionName, undefined, context);
  if (name.length > 64)
    throw invalidParameter(
      `1 validation error detected: Value '${name}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    );
  refuseUnknown(input);
  if (input.PackageType === "Image") checkImageSettings(input);
  else checkRuntimeSettings(input);
  checkVariables(input.Environment?.Variables);
  checkTagCount(input.Tags ?? {});
  if (context.store.functions.has(name)) throw conflict(`Function already exist: ${name}`);
  checkRole(context, input.Role);
  checkDeadLetter(context, { name, role: input.Role }, input.DeadLetterConfig?.TargetArn);
  checkSignature(context, name, input.CodeSigningConfigArn);
  const layers = await layersOf(context, input.Layers ?? []);
  const packageType = input.PackageType === "Image" ? "Image" : "Zip";
  const { code, image } = await takeCode(context, input.Code, { functionName: name, packageType, doing: "creating" });
  if (image === undefined) await checkWhole(context, code, layers);
  const made = { ...newVersion(input, name, code, context), layers };
  const config = keptImageConfig(input.ImageConfig);
  checkSettings(made);
  const row = await sealVariables(context, image === undefined ? made : { ...made, image: { ...image, config } });
  // Taken in meanwhile: another call may have been faster.
  if (context.store.functions.has(name)) throw conflict(`Function already exist: ${name}`);
  const published = input.Publish === true;
  context.store.versions.put(`${name}:$LATEST`, row);
  if (published) context.store.versions.put(`${name}:1`, { ...row, version: "1", revisionId: context.ids.uuid() });
  context.store.functions.put(name, {
    name,
    tags: input.Tags ?? {},
    nextVersion: published ? 2 : 1,
    codeSigningConfig: input.CodeSigningConfigArn,
    recursiveLoop: "Terminate",
    runtimeUpdates: "Auto",
  });
  if (input.Runtime !== undefined) void engineOf(context.blobs).warmUp(input.Runtime, context.blobs, code.hash);
  const answer = configurationAnswer(await readable(context, row), context, "creating");
  return published ? { ...answer, FunctionArn: functionArn(context, name), Version: "1" } : answer;
});

function checkRuntimeSettings(input: CreateFunctionRequest): void {
  if (input.Runtime === undefined) throw invalidParameter("Runtime is mandatory for Zip packages");
  checkRuntime(input.Runtime);
  if (input.Handler === undefined)
    throw invalidParameter("Handler is mandatory for functions created with deployment packages.");
  checkArchiveSettings(input);
}

function refuseUnknown(input: CreateFunctionRequest): void {
  if (input.CapacityProviderConfig !== undefined)
    throw notEmulated("Lambda managed instances (CapacityProviderConfig)");
  if (input.PublishTo !== undefined) throw notEmulated("versions of Lambda managed instances (PublishTo)");
  if (input.DurableConfig !== undefined) throw notEmulated("durable functions (DurableConfig)");
  if (input.TenancyConfig !== undefined) throw notEmulated("tenant isolation of Lambda functions (TenancyConfig)");
}

function newVersion(input: CreateFunctionRequest, name: string, code: CodeRow, context: LambdaContext): VersionRow {
  const json = input.LoggingConfig?.LogFormat === "JSON";
  return {
    name,
    version: "$LATEST",
    description: input.Description ?? "",
    runtime: input.Runtime,
    handler: input.Handler,
    role: input.Role,
    timeout: input.Timeout ?? 3,
    memorySize: input.MemorySize ?? 128,
    variables: input.Environment?.Variables,
    kmsKeyArn: emptyAsAbsent(input.KMSKeyArn),
    deadLetterArn: emptyAsAbsent(input.DeadLetterConfig?.TargetArn),
    tracing: input.TracingConfig?.Mode ?? "PassThrough",
    layers: [],
    architecture: input.Architectures?.[0] ?? "x86_64",
    ephemeralStorage: input.EphemeralStorage?.Size ?? 512,
    snapStart: input.SnapStart?.ApplyOn ?? "None",
    logFormat: input.LoggingConfig?.LogFormat ?? "Text",
    applicationLogLevel: input.LoggingConfig?.ApplicationLogLevel ?? (json ? "INFO" : undefined),
    systemLogLevel: input.LoggingConfig?.SystemLogLevel ?? (json ? "INFO" : undefined),
    logGroup: input.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    subnetIds: input.VpcConfig?.SubnetIds ?? [],
    securityGroupIds: input.VpcConfig?.SecurityGroupIds ?? [],
    ipv6: input.VpcConfig?.Ipv6AllowedForDualStack ?? false,
    fileSystems: keptFileSystems(input.FileSystemConfigs),
    code,
    revisionId: context.ids.uuid(),
    modifiedAt: context.clock.now(),
    environmentId: context.ids.hex(16),
  };
}

function emptyAsAbsent(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}
