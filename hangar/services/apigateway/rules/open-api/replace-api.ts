// An API given the contents of an OpenAPI document: all is read and checked before the first row changes.

import { badRequest } from "../../errors.ts";
import { key, methodKey, under, type ApiGatewayContext, type ApiRow } from "../../store.ts";
import { draftParts, importParts } from "../documentation.ts";
import { definitionOf } from "./definition.ts";
import { readDocument } from "../../../../kernel/open-api-document.ts";
import { basePathMode } from "./paths.ts";
import { rowsOf, type ApiRows } from "./rows.ts";
import { settingsOf } from "./settings.ts";

export type Import = {
  readonly body: Uint8Array;
  readonly mode: "merge" | "overwrite";
  readonly parameters: Readonly<Record<string, string>>;
  readonly failOnWarnings: boolean;
};

export type Imported = { readonly api: ApiRow; readonly warnings: readonly string[] };

export function replaceApi(context: ApiGatewayContext, before: ApiRow, wanted: Import): Imported {
  const { store, ids } = context;
  const { body, mode, parameters } = wanted;
  const keep = mode === "merge";
  const document = readDocument(body);
  const settings = settingsOf(document, before, parameters, keep);
  const { description: _description, version: _version, binaryMediaTypes: _types, ...rest } = before;
  const api: ApiRow = { ...(keep ? before : rest), ...settings };
  const definition = definitionOf(document, {
    apiId: api.id,
    mode: basePathMode(parameters),
    newName: () => `MODEL${ids.lower(6)}`,
  });
  const { warnings } = definition;
  if (wanted.failOnWarnings && warnings.length > 0)
    throw badRequest(`Warnings found during import:\n${warnings.map((each) => `\t${each}`).join("\n")}`);
  const rows = rowsOf(store, api, definition, { keep, newId: () => ids.lower(6) });
  const parts = parameters["ignore"] === "documentation" ? undefined : draftParts(document.root);
  write(context, api, rows);
  if (parts !== undefined) importParts(context, api.id, parts, keep);
  return { api, warnings };
}

function write({ store }: ApiGatewayContext, api: ApiRow, rows: ApiRows): void {
  const { resources, methods, models, validators, authorizers, gatewayResponses } = store;
  for (const table of [resources, methods, models, validators, authorizers, gatewayResponses])
    for (const place of Array.from(table.keys(under(api.id)))) table.delete(place);
  for (const row of rows.resources) resources.put(key(api.id, row.id), row);
  for (const row of rows.methods) methods.put(methodKey({ restApiId: api.id, ...row }), row);
  for (const row of rows.models) models.put(key(api.id, row.name), row);
  for (const row of rows.validators) validators.put(key(api.id, row.id), row);
  for (const row of rows.authorizers) authorizers.put(key(api.id, row.id), row);
  for (const row of rows.gatewayResponses) gatewayResponses.put(key(api.id, row.responseType), row);
  store.apis.put(api.id, api);
}
