// The models of an OpenAPI document: its named schemas, and those written where they are used.

import type { ModelRow } from "../../store.ts";
import { isNode, nodeAt, textAt, type Document, type Node } from "../../../../kernel/open-api-document.ts";

export type DraftModel = Omit<ModelRow, "id">;

/** Models of a document as they are met; `nameOf` is what a method refers to. */
export type Models = {
  readonly all: Map<string, DraftModel>;
  /** The model of a schema: the one it refers to, or a new one for a schema written in place. */
  nameOf(schema: unknown): string | undefined;
};

export function modelsOf({ root, swagger }: Document, apiId: string, newName: () => string): Models {
  const all = new Map<string, DraftModel>();
  const schemas = swagger ? nodeAt(root, "definitions") : nodeAt(nodeAt(root, "components"), "schemas");
  for (const [name, schema] of Object.entries(schemas)) {
    if (isNode(schema)) all.set(name, draft(name, schema, apiId));
  }
  return {
    all,
    nameOf(schema) {
      if (!isNode(schema)) return undefined;
      const named = typeof schema["$ref"] === "string" ? schema["$ref"].split("/").at(-1) : undefined;
      if (named !== undefined) return named;
      const name = newName();
      all.set(name, draft(name, schema, apiId));
      return name;
    },
  };
}

function draft(name: string, schema: Node, apiId: string): DraftModel {
  const description = textAt(schema, "description");
  return {
    name,
    contentType: "application/json",
    ...(description === undefined ? {} : { description }),
    schema: JSON.stringify(linked(schema, apiId), undefined, 2),
  };
}

/** References between models are addresses of models. */
function linked(value: unknown, apiId: string): unknown {
  if (Array.isArray(value)) return value.map((each) => linked(each, apiId));
  if (!isNode(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      if (name !== "$ref" || typeof each !== "string") return [name, linked(each, apiId)];
      const model = each.split("/").at(-1) ?? "";
      return [name, `https://apigateway.amazonaws.com/restapis/${apiId}/models/${model}`];
    }),
  );
}
