// The members of an answer as boto3 gives them, which recorded: it asks for URL encoding in lists of its own accord and undoes it; part numbers are numbers.

type Members = Readonly<Record<string, unknown>>;

const encoded = new Set([
  "Key",
  "Prefix",
  "Delimiter",
  "Marker",
  "NextMarker",
  "KeyMarker",
  "NextKeyMarker",
  "StartAfter",
]);
const lists = new Set(["ListObjects", "ListObjectsV2", "ListObjectVersions"]);
const numbers = new Set(["PartNumberMarker", "NextPartNumberMarker"]);

export function asRecorded(operation: string, input: object, members: Members): Members {
  // Of what an answer leaves empty boto3 says so.
  if (operation === "GetBucketLocation") return { LocationConstraint: null, ...members };
  const decodes = lists.has(operation) && !("EncodingType" in input) && members["EncodingType"] === "url";
  return each(members, (name, text) => {
    if (numbers.has(name)) return Number(text);
    return decodes && encoded.has(name) ? decodeURIComponent(text.replaceAll("+", " ")) : text;
  }) as Members;
}

/** What is encrypted under a customer's key or KMS's has an ETag that is no digest: another in each run. `known` are those seen before. */
export function withOpaqueTags(recorded: unknown, known: Set<string>): unknown {
  const { ServerSideEncryption: kind = "", SSECustomerAlgorithm: customer } = (recorded ?? {}) as Readonly<
    Record<string, string>
  >;
  const isOpaque = customer !== undefined || String(kind).startsWith("aws:kms");
  return each(recorded, (name, text) => {
    const [tag] = name === "ETag" ? (/[0-9a-f]{32}/.exec(text) ?? []) : [];
    if (tag === undefined || !(isOpaque || known.has(tag))) return text;
    known.add(tag);
    return text.replace(tag, `<etag:${tag}>`);
  });
}

function each(value: unknown, read: (name: string, text: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => each(item, read));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, typeof item === "string" ? read(name, item) : each(item, read)]),
  );
}
