// A stage as it starts, and what its patches do.

import type { Account, CreateStageInput, MethodSetting, PatchOperation } from "../../../models/apigateway.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { badRequest } from "../errors.ts";
import {
  applyPatch,
  entry,
  flag,
  numberIn,
  optionalText,
  text,
  without,
  type Change,
  type PatchRule,
  type PatchRules,
} from "./patch.ts";
import { canaryPatches, newCanary, promoted } from "./canary.ts";
import { stageWords } from "./stage-words.ts";
import type { ApiGatewayStore, StageRow } from "../store.ts";

export function checkStageName(name: string): void {
  if (!/^\w[\w-]{0,127}$/.test(name)) throw badRequest("Stage name only allows a-zA-Z0-9_");
}

type Start = Omit<CreateStageInput, "restApiId">;

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html#apigw-CreateStage-request-variables */
function checkVariables(variables: Readonly<Record<string, string>> = {}): void {
  for (const [name, value] of Object.entries(variables)) {
    if (!/^\w+$/.test(name))
      throw badRequest(
        `Invalid stage variable name: ${name}. Please use names with alphanumeric characters and underscores`,
      );
    if (!/^[\w .~:/?#&=,-]*$/.test(value))
      throw badRequest(
        `Invalid stage variable value of key ${name}.  Please use values with alphanumeric characters and the symbols ' ', -', '.', '_', ':', '/', '?', '&', '=', and ','.`,
      );
  }
}

export function newStage(input: Start, now: number): StageRow {
  checkVariables(input.variables);
  checkVariables(input.canarySettings?.stageVariableOverrides);
  const optional = {
    description: input.description,
    variables: input.variables,
    documentationVersion: input.documentationVersion,
    cacheClusterSize: input.cacheClusterSize ?? (input.cacheClusterEnabled === true ? "0.5" : undefined),
    tags: input.tags,
    canarySettings:
      input.canarySettings === undefined ? undefined : newCanary(input.canarySettings, input.deploymentId),
  };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return {
    ...given,
    stageName: input.stageName,
    deploymentId: input.deploymentId,
    cacheClusterEnabled: input.cacheClusterEnabled ?? false,
    cacheClusterStatus: input.cacheClusterEnabled === true ? "AVAILABLE" : "NOT_AVAILABLE",
    methodSettings: {},
    tracingEnabled: input.tracingEnabled ?? false,
    createdDate: now,
    lastUpdatedDate: now,
  };
}

/** What a method's settings are as soon as one of them is set, unless those of all methods were before. */
const FIRST: MethodSetting = {
  metricsEnabled: false,
  dataTraceEnabled: false,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
};

const truth = (value: string): boolean => value.toLowerCase() === "true";

const oneOf =
  (...known: readonly string[]) =>
  (value: string, path: string): string => {
    if (known.includes(value)) return value;
    throw badRequest(`Invalid value '${value}' specified for path ${path}: it must be one of [${known.join(", ")}]`);
  };
const amount = (value: string, path: string): number => numberIn({ value, path });
const STRATEGIES = ["FAIL_WITH_403", "SUCCEED_WITH_RESPONSE_HEADER", "SUCCEED_WITHOUT_RESPONSE_HEADER"];

type Reading = readonly [keyof MethodSetting, (value: string, path: string) => unknown];
const SETTINGS: Readonly<Record<string, Reading>> = {
  "metrics/enabled": ["metricsEnabled", truth],
  "logging/dataTrace": ["dataTraceEnabled", truth],
  "logging/loglevel": ["loggingLevel", oneOf("OFF", "ERROR", "INFO")],
  "throttling/burstLimit": ["throttlingBurstLimit", amount],
  "throttling/rateLimit": ["throttlingRateLimit", amount],
  "caching/ttlInSeconds": ["cacheTtlInSeconds", amount],
  "caching/enabled": ["cachingEnabled", truth],
  "caching/dataEncrypted": ["cacheDataEncrypted", truth],
  "caching/requireAuthorizationForCacheControl": ["requireAuthorizationForCacheControl", truth],
  "caching/unauthorizedCacheControlHeaderStrategy": ["unauthorizedCacheControlHeaderStrategy", oneOf(...STRATEGIES)],
};

/** `/{resource}/{method}/{group}/{setting}`; the key is kept as AWS shows it: `*` + `/*`, `~1pets/GET`. */
function setMethodSetting(row: StageRow, { op, path, value }: Change): StageRow {
  const [, resource = "", method = "", ...rest] = path.split("/");
  const name = `${resource}/${method}`;
  const settings = row.methodSettings ?? {};
  const setting = SETTINGS[rest.join("/")];
  if (op === "remove") {
    if (settings[name] === undefined)
      throw badRequest(
        `Cannot remove method setting ${path.slice(1)} because there is no method setting for this method `,
      );
    const { [name]: _gone, ...others } = settings;
    return { ...row, methodSettings: others };
  }
  if (setting === undefined) throw badRequest(stageWords(op, path, []));
  const [member, read] = setting;
  const before = settings[name] ?? settings["*/*"] ?? FIRST;
  return { ...row, methodSettings: { ...settings, [name]: { ...before, [member]: read(value, path) } } };
}

/** What a stage shows to backends must be there. */
export function checkCertificate({ clientCertificates }: ApiGatewayStore, { clientCertificateId }: StageRow): void {
  if (clientCertificateId !== undefined && !clientCertificates.has(clientCertificateId))
    throw badRequest("Invalid Client Certificate identifier specified");
}

/** Logs to CloudWatch are written with the account's role. */
export function checkLogging(row: StageRow, account: Account): void {
  if (account.cloudwatchRoleArn !== undefined) return;
  const levels = Object.values(row.methodSettings ?? {}).map((setting) => setting.loggingLevel ?? "OFF");
  const toGroup = /^arn:[^:]+:logs:/.test(row.accessLogSettings?.destinationArn ?? "");
  if (toGroup || levels.some((level) => level !== "OFF"))
    throw badRequest("CloudWatch Logs role ARN must be set in account settings to enable logging");
}

const accessLog: PatchRule<StageRow> = {
  ops: ["add", "replace", "remove"],
  apply(row, { op, keys, value, path }) {
    const [name = ""] = keys;
    if (op === "remove")
      throw badRequest(
        `Cannot remove method setting ${path.slice(1)} because there is no method setting for this method `,
      );
    if (name !== "destinationArn" && name !== "format") {
      throw badRequest(
        "Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]",
      );
    }
    if (value === "") throw badRequest("Access Log value must not be empty");
    if (name === "destinationArn" && value.includes(":firehose:"))
      throw notEmulated("access logs to Amazon Data Firehose (accessLogSettings)");
    return { ...row, accessLogSettings: { ...row.accessLogSettings, [name]: value } };
  },
};

const stagePatches: PatchRules<StageRow> = {
  "/deploymentId": text("deploymentId"),
  "/description": optionalText("description"),
  "/cacheClusterEnabled": {
    ops: ["replace"],
    apply: (row, { value }) => ({
      ...row,
      cacheClusterEnabled: truth(value),
      cacheClusterSize: row.cacheClusterSize ?? "0.5",
      cacheClusterStatus: truth(value) ? "AVAILABLE" : "NOT_AVAILABLE",
    }),
  },
  "/cacheClusterSize": text("cacheClusterSize"),
  "/clientCertificateId": optionalText("clientCertificateId"),
  "/documentationVersion": optionalText("documentationVersion"),
  "/tracingEnabled": flag("tracingEnabled"),
  "/variables/*": entry("variables"),
  "/accessLogSettings": {
    ops: ["add", "replace", "remove"],
    apply: (row, change) =>
      change.op === "remove" ? without(row, "accessLogSettings") : accessLog.apply(row, { ...change, keys: [] }),
  },
  "/accessLogSettings/*": accessLog,
  ...canaryPatches,
  "/*/*/*/*": { ops: ["add", "replace", "remove"], apply: setMethodSetting },
  "/*/*": { ops: ["remove"], apply: setMethodSetting },
};

export function patchedStage(row: StageRow, operations: readonly PatchOperation[] = []): StageRow {
  const patched = operations.reduce(
    (before, each) =>
      each.op === "copy" ? promoted(before, each) : applyPatch(before, [each], stagePatches, stageWords),
    row,
  );
  checkVariables(patched.variables);
  checkVariables(patched.canarySettings?.stageVariableOverrides);
  return patched;
}
