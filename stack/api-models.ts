// The request models: what a body must look like before a function is called at all.
import { JsonSchemaType, JsonSchemaVersion } from "aws-cdk-lib/aws-apigateway";
import type { JsonSchema } from "aws-cdk-lib/aws-apigateway";

const text = (minLength: number, maxLength: number): JsonSchema => ({
  type: JsonSchemaType.STRING,
  minLength,
  maxLength,
});

const body = (title: string, properties: Record<string, JsonSchema>, required: string[]): JsonSchema => ({
  schema: JsonSchemaVersion.DRAFT4,
  title,
  type: JsonSchemaType.OBJECT,
  properties,
  required,
  additionalProperties: false,
});

export const models = {
  Session: body("Session", { user: text(1, 64), password: text(1, 256), viewOnly: { type: JsonSchemaType.BOOLEAN } }, [
    "user",
    "password",
  ]),
  Album: body("Album", { title: text(1, 120), description: text(0, 1000) }, ["title"]),
  Photo: body(
    "Photo",
    {
      fileName: text(1, 255),
      contentType: { type: JsonSchemaType.STRING, enum: ["image/jpeg", "image/png", "image/gif"] },
      bytes: { type: JsonSchemaType.INTEGER, minimum: 1, maximum: 10 * 1024 * 1024 },
      caption: text(0, 1000),
    },
    ["fileName", "contentType", "bytes"],
  ),
  Caption: body("Caption", { caption: text(0, 1000) }, ["caption"]),
  Share: body("Share", { minutes: { type: JsonSchemaType.INTEGER, minimum: 1, maximum: 60 * 24 * 30 } }, ["minutes"]),
  Import: body("Import", { fileName: { type: JsonSchemaType.STRING, pattern: "\\.csv$", maxLength: 255 } }, [
    "fileName",
  ]),
} satisfies Record<string, JsonSchema>;

export type ModelName = keyof typeof models;
