// Says how an export goes or went. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeExport.html

import { parseArn } from "../../../kernel/arn.ts";
import type { DescribeExportInput, DescribeExportOutput } from "../../../models/dynamodb.d.ts";
import { describeExport as describe } from "../engine/exports.ts";
import { exportNotFound, validation } from "../errors.ts";
import { operation } from "../store.ts";

const EXPORT = /^table\/[^/]{3,}\/export\/[^/]+$/;

export const describeExport = operation<DescribeExportInput, DescribeExportOutput>((input, { region, store }) => {
  const arn = parseArn(input.ExportArn);
  if (arn?.service !== "dynamodb" || !EXPORT.test(arn.resource)) throw validation("Invalid Export ARN");
  if (arn.region !== region) throw exportNotFound("Invalid export arn");
  const row = store.exports.get(input.ExportArn);
  if (row === undefined) throw exportNotFound(`Export not found: ${input.ExportArn}`);
  return { ExportDescription: describe(row) };
});
