// A base path mapping as it is answered and changed.

import type { BasePathMapping } from "../../../models/apigateway.d.ts";
import { text, type PatchRules } from "./patch.ts";
import type { MappingRow } from "../store.ts";

export const NO_BASE_PATH = "(none)";

export function mappingAnswer({ basePath, restApiId, stage }: MappingRow): BasePathMapping {
  return { basePath, restApiId, ...(stage === undefined ? {} : { stage }) };
}

export const mappingPatches: PatchRules<MappingRow> = {
  "/basePath": text("basePath"),
  "/restapiId": text("restApiId"),
  "/restApiId": text("restApiId"),
  "/stage": text("stage"),
};
