// Changes what is given of a function's configuration. https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { FunctionConfiguration, UpdateFunctionConfigurationRequest } from "../../../../models/lambda.d.ts";
import { checkWhole } from "../../engine/code-archive.ts";
import { engineOf } from "../../engine/engines.ts";
import { checkDeadLetter } from "../../rules/check-targets.ts";
import { layersOf } from "../../engine/foreign-layers.ts";
import { checkRole } from "../../engine/run-function.ts";
import { readable, sealVariables, type ReadableVersion } from "../../engine/sealed-variables.ts";
import { accessDenied } from "../../errors.ts";
import { checkSettings } from "../../rules/check-settings.ts";
import { checkVariables, configurationAnswer, keptFileSystems } from "../../rules/configuration.ts";
import { checkRevision, findUnqualified } from "../../rules/find.ts";
import { functionArn } from "../../rules/function-name.ts";
import { checkArchiveSettings, checkImageSettings, keptImageConfig } from "../../rules/image.ts";
import { checkRuntime } from "../../rules/runtimes.ts";
import { operation, type LambdaContext, type VersionRow } from "../../store.ts";

export const updateFunctionConfiguration = operation<UpdateFunctionConfigurationRequest, FunctionConfiguration>(
  async (input, context) => {
    const { row, version: present } = findUnqualified(context, input.FunctionName);
    if (input.CapacityProviderConfig !== undefined)
      throw notEmulated("Lambda managed instances (CapacityProviderConfig)");
    if (input.DurableConfig !== undefined) throw notEmulated("durable functions (DurableConfig)");
    if (present.image === undefined) checkArchiveSettings(input);
    else checkImageSettings(input);
    checkRevision(input.RevisionId, present.revisionId, "GetFunction/GetAlias");
    if (input.Runtime !== undefined) checkRuntime(input.Runtime);
    checkVariables(input.Environment?.Variables);
    if (input.Role !== undefined && input.Role !== present.role) checkRole(context, input.Role);
    const role = input.Role ?? present.role;
    checkDeadLetter(context, { name: row.name, role }, input.DeadLetterConfig?.TargetArn);
    const layers = input.Layers === undefined ? undefined : await layersOf(context, input.Layers);
    if (layers !== undefined) await checkWhole(context, present.code, layers);
    const wanted = { ...changedVersion(input, present), layers: layers ?? present.layers };
    checkSettings(wanted);
    const changed = await withVariables(input, wanted, context);
    const same = JSON.stringify({ ...changed, description: "" }) === JSON.stringify({ ...present, description: "" });
    const next: VersionRow = {
      ...changed,
      revisionId: context.ids.uuid(),
      modifiedAt: context.clock.now(),
      environmentId: same && changed.description === present.description ? present.environmentId : context.ids.hex(16),
    };
    context.store.versions.put(`${row.name}:$LATEST`, next);
    if (!same) engineOf(context.blobs).retire(functionArn(context, row.name), context.world);
    return configurationAnswer(await readable(context, next), context, "updating");
  },
);

/** Encrypted again when they, their key or the role that may read them are others. */
async function withVariables(
  { Environment, KMSKeyArn, Role }: UpdateFunctionConfigurationRequest,
  row: VersionRow,
  context: LambdaContext,
): Promise<VersionRow> {
  if (Environment === undefined && KMSKeyArn === undefined && (Role === undefined || row.kmsKeyArn === undefined))
    return row;
  const { variablesError, ...open }: ReadableVersion = Environment === undefined ? await readable(context, row) : row;
  if (variablesError !== undefined) throw accessDenied(variablesError.Message);
  return sealVariables(context, open);
}

function changedVersion(input: UpdateFunctionConfigurationRequest, present: VersionRow): VersionRow {
  const logging = input.LoggingConfig;
  const logFormat = logging?.LogFormat ?? present.logFormat;
  const json = logFormat === "JSON";
  return {
    ...present,
    description: input.Description ?? present.description,
    runtime: input.Runtime ?? present.runtime,
    handler: input.Handler ?? present.handler,
    role: input.Role ?? present.role,
    timeout: input.Timeout ?? present.timeout,
    memorySize: input.MemorySize ?? present.memorySize,
    variables: input.Environment === undefined ? present.variables : input.Environment.Variables,
    kmsKeyArn: input.KMSKeyArn === undefined ? present.kmsKeyArn : input.KMSKeyArn === "" ? undefined : input.KMSKeyArn,
    // What is taken away is named as nothing; without a name there is no change.
    deadLetterArn:
      input.DeadLetterConfig?.TargetArn === ""
        ? undefined
        : (input.DeadLetterConfig?.TargetArn ?? present.deadLetterArn),
    tracing: input.TracingConfig?.Mode ?? present.tracing,
    ...(present.image === undefined || input.ImageConfig === undefined
      ? {}
      : { image: { ...present.image, config: keptImageConfig(input.ImageConfig) } }),
    ephemeralStorage: input.EphemeralStorage?.Size ?? present.ephemeralStorage,
    snapStart: input.SnapStart?.ApplyOn ?? present.snapStart,
    logFormat,
    applicationLogLevel: json ? (logging?.ApplicationLogLevel ?? present.applicationLogLevel ?? "INFO") : undefined,
    systemLogLevel: json ? (logging?.SystemLogLevel ?? present.systemLogLevel ?? "INFO") : undefined,
    logGroup: logging?.LogGroup ?? present.logGroup,
    subnetIds: input.VpcConfig?.SubnetIds ?? present.subnetIds,
    securityGroupIds: input.VpcConfig?.SecurityGroupIds ?? present.securityGroupIds,
    fileSystems: input.FileSystemConfigs === undefined ? present.fileSystems : keptFileSystems(input.FileSystemConfigs),
    ipv6: input.VpcConfig?.Ipv6AllowedForDualStack ?? present.ipv6,
  };
}
