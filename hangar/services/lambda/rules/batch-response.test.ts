// What ReportBatchItemFailures makes of a function's answer.

import { expect, test } from "vitest";
import { failedItems } from "./batch-response.ts";

const known = new Set(["a", "b"]);

test.each<[string, readonly string[] | "all"]>([
  ["null", []],
  ["", []],
  ['""', []],
  ["{}", []],
  ['{"batchItemFailures":null}', []],
  ['{"batchItemFailures":[]}', []],
  ['{"batchItemFailures":[{"itemIdentifier":"a"}]}', ["a"]],
  ['{"batchItemFailures":[{"itemIdentifier":"ghost"}]}', "all"],
  ['{"batchItemFailures":[{"itemIdentifier":""}]}', "all"],
  ['{"batchItemFailures":[{"itemIdentifier":null}]}', "all"],
  ['{"batchItemFailures":[{"foo":"notvalid"}]}', "all"],
  ["not json", "all"],
])("%s -> %o", (payload, expected) => {
  expect(failedItems(Buffer.from(payload), known)).toEqual(expected);
});
