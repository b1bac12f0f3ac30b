// The patches that give a stage the properties a template asks for.

import type { Properties } from "../../../cloud/resource.ts";
import type { PatchOperation } from "../../../models/apigateway.d.ts";
import { escapeSegment, mapped, replaced, written } from "./properties.ts";

type Structure = Readonly<Record<string, unknown>>;

const SETTINGS: Readonly<Record<string, string>> = {
  MetricsEnabled: "metrics/enabled",
  LoggingLevel: "logging/loglevel",
  DataTraceEnabled: "logging/dataTrace",
  ThrottlingBurstLimit: "throttling/burstLimit",
  ThrottlingRateLimit: "throttling/rateLimit",
  CachingEnabled: "caching/enabled",
  CacheTtlInSeconds: "caching/ttlInSeconds",
  CacheDataEncrypted: "caching/dataEncrypted",
};

const PLAIN: Readonly<Record<string, string>> = {
  DeploymentId: "/deploymentId",
  Description: "/description",
  TracingEnabled: "/tracingEnabled",
  CacheClusterEnabled: "/cacheClusterEnabled",
  CacheClusterSize: "/cacheClusterSize",
  ClientCertificateId: "/clientCertificateId",
  DocumentationVersion: "/documentationVersion",
};

export function stagePatch(properties: Properties, previous: Properties): PatchOperation[] {
  return [
    ...replaced(properties, previous, PLAIN, { TracingEnabled: "false", CacheClusterEnabled: "false" }).filter(
      // A cluster that is switched off keeps the size it had.
      ({ path, value }) => path !== "/cacheClusterSize" || value !== "",
    ),
    ...mapped("/variables", properties["Variables"], previous["Variables"]),
    ...accessLog(properties["AccessLogSetting"] as Structure | undefined, previous["AccessLogSetting"]),
    ...canary(properties["CanarySetting"] as Structure | undefined, previous["CanarySetting"] as Structure | undefined),
    ...methodSettings(properties["MethodSettings"], previous["MethodSettings"]),
  ];
}

function accessLog(wanted: Structure | undefined, before: unknown): PatchOperation[] {
  if (wanted === undefined) return before === undefined ? [] : [{ op: "remove", path: "/accessLogSettings" }];
  const { DestinationArn, Format } = wanted;
  return [
    ...(DestinationArn === undefined
      ? []
      : [{ op: "replace", path: "/accessLogSettings/destinationArn", value: written(DestinationArn) }]),
    ...(Format === undefined ? [] : [{ op: "replace", path: "/accessLogSettings/format", value: written(Format) }]),
  ];
}

const CANARY: Readonly<Record<string, string>> = {
  DeploymentId: "/canarySettings/deploymentId",
  PercentTraffic: "/canarySettings/percentTraffic",
  UseStageCache: "/canarySettings/useStageCache",
};

/** Without a setting of its own a canary has no traffic and the stage's deployment: it starts anew to lose one. */
function canary(wanted: Structure | undefined, before: Structure | undefined): PatchOperation[] {
  const gone: PatchOperation[] = before === undefined ? [] : [{ op: "remove", path: "/canarySettings" }];
  if (wanted === undefined || JSON.stringify(wanted) === JSON.stringify(before))
    return wanted === undefined ? gone : [];
  return [
    ...gone,
    ...replaced(wanted, {}, CANARY),
    ...mapped("/canarySettings/stageVariableOverrides", wanted["StageVariableOverrides"], undefined),
  ];
}

/** Resource paths are written `/*`, `/`, or with their own slashes escaped: `/~1pets~1{id}`. */
function placeOf({ ResourcePath, HttpMethod }: Structure): string {
  const path = written(ResourcePath ?? "/*");
  const escaped = path.startsWith("/~1") ? path.slice(1) : escapeSegment(path);
  return `/${path === "/*" ? "*" : escaped}/${written(HttpMethod ?? "*")}`;
}

/** A method whose settings lost one starts anew: a single setting cannot be taken back. */
function methodSettings(wanted: unknown, before: unknown): PatchOperation[] {
  const now = new Map(((wanted ?? []) as readonly Structure[]).map((each) => [placeOf(each), each]));
  const old = ((before ?? []) as readonly Structure[]).map((each) => [placeOf(each), each] as const);
  const stale = old.filter(([place, setting]) => {
    const kept = now.get(place);
    return Object.keys(SETTINGS).some((name) => setting[name] !== undefined && kept?.[name] === undefined);
  });
  return [
    ...stale.map(([path]) => ({ op: "remove", path })),
    ...[...now].flatMap(([place, setting]) =>
      Object.entries(SETTINGS).flatMap(([name, path]) =>
        setting[name] === undefined ? [] : [{ op: "replace", path: `${place}/${path}`, value: written(setting[name]) }],
      ),
    ),
  ];
}
