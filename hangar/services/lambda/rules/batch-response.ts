// ReportBatchItemFailures: which items of a batch a response calls failed.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html

/** `all` when the response is not in the agreed form: the whole batch counts as failed. */
export function failedItems(payload: Uint8Array, known: ReadonlySet<string>): readonly string[] | "all" {
  const text = Buffer.from(payload).toString("utf8");
  let response: unknown;
  try {
    response = text === "" ? null : JSON.parse(text);
  } catch {
    return "all";
  }
  if (response === null || response === undefined || response === "") return [];
  if (typeof response !== "object") return "all";
  const failures = (response as { readonly batchItemFailures?: unknown }).batchItemFailures;
  if (failures === undefined || failures === null) return [];
  if (!Array.isArray(failures)) return "all";
  const ids: string[] = [];
  for (const failure of failures) {
    const id: unknown = (failure as { readonly itemIdentifier?: unknown } | null)?.itemIdentifier;
    if (typeof id !== "string" || !known.has(id)) return "all";
    ids.push(id);
  }
  return ids;
}
