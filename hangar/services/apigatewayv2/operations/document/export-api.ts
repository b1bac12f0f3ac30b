// Writes an HTTP API, as a stage serves it or as it stands, as an OpenAPI document.

import { stringify } from "yaml";
import type { ExportApiInput, ExportApiOutput } from "../../../../models/apigatewayv2.d.ts";
import { badRequest } from "../../errors.ts";
import { apiAnswer } from "../../rules/answers.ts";
import { deployedStage, snapshotOf } from "../../rules/deploy.ts";
import { exportedApi } from "../../rules/open-api/export.ts";
import { apiOf, deploymentOf, operation, stageOf } from "../../store.ts";

export const exportApi = operation<ExportApiInput, ExportApiOutput>((input, context) => {
  const { Specification, OutputType, StageName, IncludeExtensions = true, ExportVersion = "1.0" } = input;
  const api = apiOf(context, input.ApiId);
  if (Specification !== "OAS30") throw badRequest(`Unsupported specification ${Specification}`);
  if (OutputType !== "JSON" && OutputType !== "YAML") throw badRequest(`Unsupported output type ${OutputType}`);
  if (ExportVersion !== "1.0") throw badRequest(`Unsupported export version ${ExportVersion}`);
  if (api.ProtocolType !== "HTTP") throw badRequest("Only HTTP APIs can be exported");
  const stage =
    StageName === undefined ? undefined : deployedStage(context, api, stageOf(context, api.ApiId, StageName));
  const snapshot =
    stage === undefined
      ? snapshotOf(context.store, api)
      : deploymentOf(context, api.ApiId, stage.DeploymentId ?? "").snapshot;
  const below = StageName === undefined || StageName === "$default" ? "" : `/${StageName}`;
  const address = `${apiAnswer(api, context).ApiEndpoint ?? ""}${below}`;
  const document = exportedApi({ api, snapshot, address, extensions: IncludeExtensions });
  return { body: Buffer.from(OutputType === "YAML" ? stringify(document) : JSON.stringify(document)) };
});
