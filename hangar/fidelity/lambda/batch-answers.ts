// What functions answered of a stream's batch, with ReportBatchItemFailures, in recorded tests.

import type { Input } from "../session.ts";
import { node } from "./invoked.ts";

/** Prints the event and answers this. */
export const answering = (statement: string): Input => node(`{ console.log(JSON.stringify(event)); ${statement} }`);

export const SUCCESSES: Readonly<Record<string, string>> = {
  empty_string_success: 'return "";',
  empty_list_success: "return [];",
  null_success: "return null;",
  empty_dict_success: "return {};",
  empty_batch_item_failure_success: "return { batchItemFailures: [] };",
  null_batch_item_failure_success: "return { batchItemFailures: null };",
};
export const FAILURES: Readonly<Record<string, string>> = {
  empty_string_item_identifier_failure: 'return { batchItemFailures: [{ itemIdentifier: "" }] };',
  null_item_identifier_failure: "return { batchItemFailures: [{ itemIdentifier: null }] };",
  invalid_key_foo_failure: 'return { batchItemFailures: [{ foo: "bar" }] };',
  invalid_key_foo_null_value_failure: "return { batchItemFailures: [{ foo: null }] };",
  item_identifier_not_present_failure: 'return { batchItemFailures: [{ itemIdentifier: "123" }] };',
  unhandled_exception_in_function: "throw new Error('no');",
};
