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

export function stagePatch(properties: Properties, previous: Properties): PatchOperation[] {
  return [
    ...replaced(properties, previous, {
      DeploymentId: "/deploymentId",
      Description: "/description",
      TracingEnabled: "/tracingEnabled",
      CacheClusterEnabled: "/cacheClusterEnabled",
      CacheClusterSize: "/cacheClusterSize",
      ClientCertificateId: "/clientCertificateId",
      DocumentationVersion: "/documentationVersion",
    }).filter((patch) => patch.value !== "" || patch.path === "/description"),
    ...mapped("/variables", properties["Variables"], previous["Variables"]),
    ...accessLog(properties["AccessLogSetting"] as Structure | undefined, previous["AccessLogSetting"]),
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

function placeOf({ ResourcePath, HttpMethod }: Structure): string {
  const path = written(ResourcePath ?? "/*");
  return `/${path === "/*" ? "*" : escapeSegment(path)}/${written(HttpMethod ?? "*")}`;
}

function methodSettings(wanted: unknown, before: unknown): PatchOperation[] {
  const now = (wanted ?? []) as readonly Structure[];
  const places = new Set(now.map(placeOf));
  const gone = ((before ?? []) as readonly Structure[]).map(placeOf).filter((place) => !places.has(place));
  return [
    ...gone.map((path) => ({ op: "remove", path })),
    ...now.flatMap((setting) =>
      Object.entries(SETTINGS).flatMap(([name, path]) =>
        setting[name] === undefined
          ? []
          : [{ op: "replace", path: `${placeOf(setting)}/${path}`, value: written(setting[name]) }],
      ),
    ),
  ];
}
