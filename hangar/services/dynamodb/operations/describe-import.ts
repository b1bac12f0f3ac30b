// Says how an import goes or went. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeImport.html

import { parseArn } from "../../../kernel/arn.ts";
import type { DescribeImportInput, DescribeImportOutput } from "../../../models/dynamodb.d.ts";
import { describeImport as describe } from "../engine/imports.ts";
import { importNotFound, validation } from "../errors.ts";
import { operation } from "../store.ts";

const IMPORT = /^table\/[^/]{3,}\/import\/[^/]+$/;

export const describeImport = operation<DescribeImportInput, DescribeImportOutput>((input, { store }) => {
  const arn = parseArn(input.ImportArn);
  if (arn?.service !== "dynamodb" || !IMPORT.test(arn.resource)) throw validation("Invalid Import ARN");
  const row = store.imports.get(input.ImportArn);
  if (row === undefined) throw importNotFound(input.ImportArn);
  return { ImportTableDescription: describe(row) };
});
