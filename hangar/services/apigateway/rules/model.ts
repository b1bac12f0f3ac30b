// What a model's schema must have.

import { badRequest } from "../errors.ts";

export function checkSchema(schema: string | undefined, contentType: string): void {
  if (schema === undefined || schema.trim() === "")
    throw badRequest("Model schema must have at least 1 property or array items defined");
  if (!/json/i.test(contentType)) return;
  try {
    JSON.parse(schema);
  } catch {
    throw badRequest("Invalid model schema specified. Unsupported keyword(s): [] or the schema is not valid JSON");
  }
}
