// Writes a stage's API as an OpenAPI document. https://docs.aws.amazon.com/apigateway/latest/api/API_GetExport.html

import { stringify } from "yaml";
import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { GetExportInput, GetExportOutput } from "../../../../models/apigateway.d.ts";
import { badRequest } from "../../errors.ts";
import { DOCUMENTATION, exportedDocumentation } from "../../rules/documentation.ts";
import { exportedApi } from "../../rules/open-api/export-api.ts";
import { apiOf, deploymentOf, key, operation, stageOf } from "../../store.ts";

const ALL = ["integrations", "authorizers", "apigateway"];

/** Addresses in the document lead to this endpoint, not to AWS. */
export const getExport = operation<GetExportInput, GetExportOutput>((input, context) => {
  const { exportType, accepts = "application/json", parameters = {} } = input;
  const { deploymentId, stageName, documentationVersion } = stageOf(context, input.restApiId, input.stageName);
  if (exportType !== "swagger" && exportType !== "oas30")
    throw badRequest(`No API exporter found for type '${exportType}'`);
  const asked = (parameters["extensions"] ?? "").split(",").filter((name) => name !== "");
  const unknown = asked.find((name) => !ALL.includes(name) && name !== "documentation");
  if (unknown !== undefined) throw notEmulated(`exports with the extension ${unknown}`);
  const api = apiOf(context, input.restApiId);
  const described =
    asked.includes("documentation") && documentationVersion !== undefined
      ? context.store.documentationVersions.get(key(api.id, documentationVersion))
      : undefined;
  const exported = exportedApi(
    api,
    {
      snapshot: deploymentOf(context, api.id, deploymentId).snapshot,
      swagger: exportType === "swagger",
      extensions: new Set(asked.includes("apigateway") ? ALL : asked),
    },
    { address: `${context.request.origin}/_aws/execute-api/${api.id}`, stageName },
  );
  const document =
    described === undefined ? exported : { ...exported, [DOCUMENTATION]: exportedDocumentation(described) };
  const yaml = /yaml/.test(accepts);
  const version = (exported["info"] as { readonly version: string }).version;
  return {
    contentType: "application/octet-stream",
    contentDisposition: `attachment; filename="${exportType}_${version}.${yaml ? "yaml" : "json"}"`,
    body: Buffer.from(yaml ? stringify(document) : JSON.stringify(document, undefined, 2)),
  };
});
