// API Gateway V2's operations on OpenAPI documents, by API name.

import { exportApi } from "../operations/document/export-api.ts";
import { importApi } from "../operations/document/import-api.ts";
import { reimportApi } from "../operations/document/reimport-api.ts";

export const documentOperations = {
  ExportApi: exportApi,
  ImportApi: importApi,
  ReimportApi: reimportApi,
};
