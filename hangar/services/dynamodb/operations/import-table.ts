// Begins to read a bucket's objects into a new table. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ImportTable.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { ImportTableInput, ImportTableOutput } from "../../../models/dynamodb.d.ts";
import { zstdKnown } from "../engine/import-objects.ts";
import { describeImport } from "../engine/imports.ts";
import { keyForTable } from "../engine/table-key.ts";
import { constraint, importConflict, resourceInUse, validation } from "../errors.ts";
import { jobId } from "../rules/job-ids.ts";
import { checkDefinition } from "../rules/table-definition.ts";
import { operation, type DynamoContext, type ImportRow, type TableRow } from "../store.ts";
import { newTable } from "./create-table.ts";

/** A token is good for 8 hours after its import has ended. */
const TOKEN_KEPT = 8 * 3_600_000;

export const importTable = operation<ImportTableInput, ImportTableOutput>(async (input, context) => {
  const { ClientToken: token, TableCreationParameters: parameters } = input;
  checkForm(input);
  if (token === undefined) throw constraint(undefined, "clientToken", "Member must not be null");
  checkDefinition(parameters);
  const known = earlierImport(context, token, parameters.TableName);
  if (known !== undefined) return { ImportTableDescription: describeImport(known) };
  const sse = await keyForTable(context, parameters.SSESpecification);
  // While the key was looked for, others may have asked for the same.
  const row =
    earlierImport(context, token, parameters.TableName) ?? begin(context, { ...input, ClientToken: token }, sse);
  return { ImportTableDescription: describeImport(row) };
});

/** Only another table is a conflict: whatever else differs, the first request with a token stands. */
function earlierImport(context: DynamoContext, token: string, name: string): ImportRow | undefined {
  if (context.store.tables.has(name)) throw resourceInUse(`Table already exists: ${name}`);
  const earlier = sameToken(context, token);
  if (earlier !== undefined && earlier.table.name !== name) throw importConflict();
  return earlier;
}

function checkForm(input: ImportTableInput): void {
  if (input.InputFormatOptions?.Csv !== undefined && input.InputFormat !== "CSV")
    throw validation(
      `Invalid Request: Unsupported InputFormatOptions for the given input format: ${input.InputFormat}.`,
    );
  if (input.TableCreationParameters.VectorIndexes !== undefined) throw notEmulated("vector indexes of DynamoDB tables");
  if (input.InputCompressionType === "ZSTD" && !zstdKnown)
    throw notEmulated("imports of ZSTD on a Node before 22.15, which cannot read it");
}

function sameToken({ store, clock }: DynamoContext, token: string): ImportRow | undefined {
  const now = clock.now();
  for (const row of store.imports.rows())
    if (row.token === token && (row.ended === undefined || now - row.ended <= TOKEN_KEPT)) return row;
  return undefined;
}

function begin(
  context: DynamoContext,
  input: ImportTableInput & { readonly ClientToken: string },
  sse: TableRow["sse"],
): ImportRow {
  const parameters = input.TableCreationParameters;
  const table = { ...newTable(parameters, context, parameters.TableName), sse };
  const { S3Bucket, S3BucketOwner = context.account, S3KeyPrefix } = input.S3BucketSource;
  const now = context.clock.now();
  const id = jobId(now, context.ids.hex(8));
  const row: ImportRow = {
    arn: `${table.arn}/import/${id}`,
    id,
    status: "IN_PROGRESS",
    token: input.ClientToken,
    caller: context.caller,
    started: now,
    table,
    source: { S3Bucket, S3BucketOwner, S3KeyPrefix },
    format: input.InputFormat,
    options: input.InputFormatOptions,
    compression: input.InputCompressionType,
    parameters,
    counts: { imported: 0, errors: 0, bytes: 0 },
  };
  context.store.imports.put(row.arn, row);
  context.scheduler.later("dynamodb.run-import", { arn: row.arn });
  return row;
}
