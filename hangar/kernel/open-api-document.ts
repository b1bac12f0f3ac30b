// An OpenAPI document read: JSON or YAML, Swagger 2.0 or OpenAPI 3, its references followed.

import { parse } from "yaml";
import { AwsError } from "./aws-error.ts";

export type Node = Readonly<Record<string, unknown>>;

export type Document = {
  readonly root: Node;
  /** Swagger 2.0; otherwise OpenAPI 3. */
  readonly swagger: boolean;
};

export function readDocument(body: Uint8Array): Document {
  const root = parsed(Buffer.from(body).toString("utf8"));
  const { swagger, openapi, info, paths } = root;
  const known = String(swagger) === "2.0" || Number(swagger) === 2 || String(openapi).startsWith("3.");
  if (!known || !isNode(info) || (paths !== undefined && !isNode(paths))) throw invalid();
  return { root, swagger: swagger !== undefined };
}

function parsed(text: string): Node {
  let value: unknown;
  try {
    value = text.trimStart().startsWith("{") ? JSON.parse(text) : parse(text);
  } catch {
    throw invalid();
  }
  if (!isNode(value)) throw invalid();
  return value;
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A structure, empty when there is none. */
export function nodeAt(node: Node, name: string): Node {
  const value = node[name];
  return isNode(value) ? value : {};
}

export function listAt(node: Node, name: string): readonly unknown[] {
  const value = node[name];
  return Array.isArray(value) ? value : [];
}

/** Text, also of what was written as a number or boolean. */
export function textAt(node: Node, name: string): string | undefined {
  const value = node[name];
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

export function flagAt(node: Node, name: string): boolean {
  return textAt(node, name)?.toLowerCase() === "true";
}

/** A map of texts; structures in it are written as JSON, as templates often are. */
export function textsAt(node: Node, name: string): Readonly<Record<string, string>> | undefined {
  const value = node[name];
  if (!isNode(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, typeof each === "string" ? each : JSON.stringify(each)]),
  );
}

/** Follows `{ $ref: "#/a/b" }` inside the document. */
export function resolved({ root }: Document, value: unknown): Node {
  if (!isNode(value)) return {};
  const reference = value["$ref"];
  if (typeof reference !== "string") return value;
  let found: unknown = root;
  for (const part of reference.replace(/^#\//, "").split("/"))
    found = isNode(found) ? found[part.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined;
  if (!isNode(found)) throw invalid();
  return found;
}

function invalid(): AwsError {
  return new AwsError("BadRequestException", "Invalid OpenAPI input.");
}
