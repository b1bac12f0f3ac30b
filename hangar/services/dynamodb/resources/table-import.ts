// A table that a template wants filled from a bucket: made by an import, which is waited for.

import { handlerFailure, type Properties, type ResourceContext } from "../../../cloud/resource.ts";
import { createInput, present } from "./table-properties.ts";

type Json = Readonly<Record<string, unknown>>;

/** What ImportTable takes of a table's definition: the rest is a change to the table that is there then. */
export const IMPORTED = [
  "TableName",
  "AttributeDefinitions",
  "KeySchema",
  "BillingMode",
  "ProvisionedThroughput",
  "OnDemandThroughput",
  "SSESpecification",
  "GlobalSecondaryIndexes",
] as const;

const DAY = 86_400_000;

/** Answers the table's description. One that is left by an import that failed is removed. */
export async function importTable(name: string, properties: Properties, context: ResourceContext): Promise<Json> {
  if (properties["LocalSecondaryIndexes"] !== undefined)
    throw handlerFailure("LocalSecondaryIndexes cannot be specified together with ImportSourceSpecification");
  const definition = createInput(name, properties, context);
  const { S3BucketSource, InputFormat, InputCompressionType, InputFormatOptions } = properties[
    "ImportSourceSpecification"
  ] as Json;
  const { ImportTableDescription } = await context.call(
    "dynamodb",
    "ImportTable",
    present({
      S3BucketSource,
      InputFormat,
      InputCompressionType,
      InputFormatOptions,
      ClientToken: context.context.ids.uuid(),
      TableCreationParameters: present(Object.fromEntries(IMPORTED.map((each) => [each, definition[each]]))),
    }),
  );
  const { ImportArn } = ImportTableDescription as Json;
  const { ImportStatus, FailureCode, FailureMessage } = await ended(String(ImportArn), context);
  if (ImportStatus !== "COMPLETED") {
    if (FailureCode === "ItemValidationError") await context.call("dynamodb", "DeleteTable", { TableName: name });
    throw handlerFailure(`${String(FailureCode)}: ${String(FailureMessage)}`);
  }
  const { Table } = await context.call("dynamodb", "DescribeTable", { TableName: name });
  return Table as Json;
}

async function ended(ImportArn: string, context: ResourceContext): Promise<Json> {
  const { scheduler, clock } = context.context;
  for (;;) {
    const { ImportTableDescription } = await context.call("dynamodb", "DescribeImport", { ImportArn });
    const description = ImportTableDescription as Json;
    if (description["ImportStatus"] !== "IN_PROGRESS") return description;
    await scheduler.waitFor(`import:${ImportArn}`, clock.now() + DAY);
  }
}
