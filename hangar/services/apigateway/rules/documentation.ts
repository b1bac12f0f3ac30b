// Documentation parts: what each documents, what it says, and how OpenAPI documents carry them.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-documenting-api.html

import type { DocumentationPartLocation } from "../../../models/apigateway.d.ts";
import { isNode, listAt, nodeAt, textAt, type Node } from "../../../kernel/open-api-document.ts";
import { badRequest, conflict } from "../errors.ts";
import { text, type PatchRules } from "./patch.ts";
import {
  key,
  under,
  type ApiGatewayContext,
  type DocumentationPartRow,
  type DocumentationVersionRow,
} from "../store.ts";

export const DOCUMENTATION = "x-amazon-apigateway-documentation";

/** Two parts of one place are one part. */
function placeOf({ type, path, method, statusCode, name }: DocumentationPartLocation): string {
  const facts = { path, method, statusCode, name };
  const said = Object.entries(facts).filter(([, value]) => value !== undefined);
  return [`type '${type}'`, ...said.map(([fact, value]) => `${fact} '${value}'`)].join(", ");
}

export function partsOf({ store }: ApiGatewayContext, apiId: string): readonly DocumentationPartRow[] {
  const rows = [...store.documentationParts.rows(under(apiId))].map((row) => [placeOf(row.location), row] as const);
  return rows.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** No part may say what another one of the API says already. */
export function checkFree(context: ApiGatewayContext, apiId: string, location: DocumentationPartLocation): void {
  const place = placeOf(location);
  if (partsOf(context, apiId).some((row) => placeOf(row.location) === place))
    throw conflict(`Documentation part already exists for the specified location: ${place}.`);
}

/** The text of a JSON object. */
export function checkProperties(properties: string): void {
  let value: unknown;
  try {
    value = JSON.parse(properties);
  } catch {
    value = undefined;
  }
  if (!isNode(value)) throw badRequest("Invalid Documentation part properties: a JSON object is expected");
}

export const partPatches: PatchRules<DocumentationPartRow> = { "/properties": text("properties") };
export const versionPatches: PatchRules<DocumentationVersionRow> = { "/description": text("description") };

export type DraftPart = Omit<DocumentationPartRow, "id">;

/** The parts of an OpenAPI document. */
export function draftParts(root: Node): readonly DraftPart[] {
  return listAt(nodeAt(root, DOCUMENTATION), "documentationParts")
    .filter(isNode)
    .map((part) => ({
      location: locationOf(nodeAt(part, "location")),
      properties: JSON.stringify(part["properties"] ?? {}),
    }));
}

const TYPES = new Set([
  "API",
  "AUTHORIZER",
  "MODEL",
  "RESOURCE",
  "METHOD",
  "PATH_PARAMETER",
  "QUERY_PARAMETER",
  "REQUEST_HEADER",
  "REQUEST_BODY",
  "RESPONSE",
  "RESPONSE_HEADER",
  "RESPONSE_BODY",
]);

function locationOf(node: Node): DocumentationPartLocation {
  const given = ["path", "method", "statusCode", "name"].flatMap((name) => {
    const value = textAt(node, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const type = textAt(node, "type") ?? "";
  if (!TYPES.has(type)) throw badRequest(`Invalid Documentation part location type specified: ${type}`);
  return { type, ...Object.fromEntries(given) };
}

/** Merged, parts that stay keep their ids; otherwise all are new. Answers the ids of what came in. */
export function importParts(
  { store, ids }: ApiGatewayContext,
  apiId: string,
  parts: readonly DraftPart[],
  merge: boolean,
): readonly string[] {
  const known = new Map<string, string>();
  for (const row of Array.from(store.documentationParts.rows(under(apiId)))) {
    if (merge) known.set(placeOf(row.location), row.id);
    else store.documentationParts.delete(key(apiId, row.id));
  }
  return parts.map((part) => {
    const place = placeOf(part.location);
    const id = known.get(place) ?? ids.lower(6);
    known.set(place, id);
    store.documentationParts.put(key(apiId, id), { id, ...part });
    return id;
  });
}

export function exportedDocumentation({ version, createdDate, parts }: DocumentationVersionRow): Node {
  return {
    version,
    createdDate: new Date(createdDate).toISOString().replace(/\.\d+/, ""),
    documentationParts: parts.map(({ location, properties }) => ({
      location,
      properties: JSON.parse(properties) as unknown,
    })),
  };
}
