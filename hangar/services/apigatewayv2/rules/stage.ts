// A stage as it starts and as it is changed.

import type { CreateStageInput, RouteSettings, UpdateStageInput } from "../../../models/apigatewayv2.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { badRequest } from "../errors.ts";
import type { ApiRow, StageRow } from "../store.ts";
import { changed, given, merged } from "./fields.ts";

type NewStage = Omit<CreateStageInput, "ApiId">;

export function newStage(api: ApiRow, input: NewStage, now: number): StageRow {
  const { StageName, AutoDeploy, DefaultRouteSettings, RouteSettings, StageVariables, Tags } = input;
  const http = api.ProtocolType === "HTTP";
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(StageName) && !(http && StageName === "$default"))
    throw badRequest("Stage name only allows a-zA-Z0-9_-");
  if (AutoDeploy === true && input.DeploymentId !== undefined)
    throw badRequest("DeploymentId cannot be specified if AutoDeploy is enabled");
  const row: StageRow = {
    ...given(input as CreateStageInput, "ApiId"),
    StageName,
    CreatedDate: now,
    LastUpdatedDate: now,
    DefaultRouteSettings: { ...defaults(http), ...DefaultRouteSettings },
    RouteSettings: RouteSettings ?? {},
    StageVariables: StageVariables ?? {},
    Tags: Tags ?? {},
    // An API that deploys by itself does so when its stage begins.
    ...(AutoDeploy === true ? { stale: true } : {}),
  };
  checkStage(api, row);
  return row;
}

function defaults(http: boolean): RouteSettings {
  const metrics = { DetailedMetricsEnabled: false };
  return http ? metrics : { ...metrics, DataTraceEnabled: false, LoggingLevel: "OFF" };
}

export function changedStage(api: ApiRow, row: StageRow, input: UpdateStageInput, now: number): StageRow {
  const auto = input.AutoDeploy ?? row.AutoDeploy;
  if (auto === true && input.DeploymentId !== undefined)
    throw badRequest("Deployment ID cannot be changed for a stage that has auto deploy enabled");
  const next: StageRow = {
    ...changed(row, {
      ...given(input, "ApiId", "StageName"),
      StageVariables: merged(row.StageVariables, input.StageVariables) ?? {},
      RouteSettings: merged(row.RouteSettings, input.RouteSettings) ?? {},
      DefaultRouteSettings: { ...row.DefaultRouteSettings, ...input.DefaultRouteSettings },
    }),
    LastUpdatedDate: now,
  };
  checkStage(api, next);
  return input.AutoDeploy === true && row.AutoDeploy !== true ? { ...next, stale: true } : next;
}

function checkStage({ ProtocolType }: ApiRow, row: StageRow): void {
  const { AccessLogSettings: log, DefaultRouteSettings = {}, RouteSettings: settings = {} } = row;
  if (log?.DestinationArn !== undefined && log.DestinationArn.includes(":firehose:"))
    throw notEmulated("access logs to Amazon Data Firehose (AccessLogSettings)");
  if (
    log !== undefined &&
    (log.DestinationArn === undefined || !/^arn:[^:]+:logs:[^:]*:\d+:log-group:/.test(log.DestinationArn))
  )
    throw badRequest(`Invalid ARN specified in the request. ARNs must start with 'arn:' and name a log group`);
  if (log !== undefined && !/\$context\.(?:requestId|extendedRequestId)\b/.test(log.Format ?? ""))
    throw badRequest("Access log format must include either $context.requestId or $context.extendedRequestId");
  if (ProtocolType === "WEBSOCKET") return;
  if (row.ClientCertificateId !== undefined)
    throw badRequest("Client certificates are not supported on protocolType HTTP");
  for (const each of [DefaultRouteSettings, ...Object.values(settings)])
    if (each.DataTraceEnabled === true || (each.LoggingLevel ?? "OFF") !== "OFF")
      throw badRequest("Execution logs are not supported on protocolType HTTP");
}
