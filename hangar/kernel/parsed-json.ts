// JSON that others wrote: it may be none.

/** The text's value; `otherwise` where it is no JSON. */
export function parsedJson(text: string, otherwise?: unknown): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return otherwise;
  }
}
