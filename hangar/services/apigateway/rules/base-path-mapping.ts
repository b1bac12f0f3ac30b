// A base path mapping as it is answered and changed.

import type { BasePathMapping } from "../../../models/apigateway.d.ts";
import { badRequest } from "../errors.ts";
import { text, type PatchRules } from "./patch.ts";
import type { MappingRow } from "../store.ts";

export const NO_BASE_PATH = "(none)";

export function mappingAnswer({ basePath, restApiId, stage }: MappingRow): BasePathMapping {
  return { basePath, restApiId, ...(stage === undefined ? {} : { stage }) };
}

/** Paths of several levels are mapped by version 2 of the API. */
export function checkBasePath(basePath = ""): void {
  if (basePath.includes("/"))
    throw badRequest(
      "API Gateway V1 doesn't support the slash character (/) in base path mappings. To create a multi-level base path mapping, use API Gateway V2.",
    );
}

export const mappingPatches: PatchRules<MappingRow> = {
  "/basePath": text("basePath"),
  "/restapiId": text("restApiId"),
  "/restApiId": text("restApiId"),
  "/stage": text("stage"),
};
