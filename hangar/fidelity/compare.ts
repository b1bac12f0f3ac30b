// Whether an answer is the recorded one: tokens stand for what differs from run to run, the same token always for the same value.

/** What each token of a recording stood for in our answers. */
export type Bindings = Map<string, string>;

/** Values that were recorded as a word instead of a numbered token, and what may stand there. */
const words: Readonly<Record<string, RegExp>> = {
  datetime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  timestamp: /^\d{4}-\d\d-\d\d|^\d+/,
  date: /\d/,
  "last-modified": / GMT$/,
  "last--modified": / GMT$/,
  "host-id": /./,
  "request-id": /./,
  "id-2": /./,
  "i-d": /^[0-9a-f]{64}$/,
  "owner-id": /^[0-9a-f]{64}$/,
  "amz-id": /./,
  "amz-request-id": /./,
  sequencer: /^[0-9A-F]+$/,
  "version-id": /^[\w.]{32}$/,
  "m-d5-of-body": /^[0-9a-f]{32}$/,
  "object-sequencer": /^[0-9A-F]+$/,
  bucket: /./,
  etag: /^"[0-9a-f]{32}"$/,
  "copy-etag": /^"[0-9a-f]{32}"$/,
  "next-continuation-token": /./,
};

/** What was too long, or too much of its day, to be recorded at all: any value. */
const unrecorded = new Set([
  "<content>",
  "<expiration>",
  "<expires>",
  "<signature>",
  "<requester>",
  "<string-to-sign>",
  "<canonical-request>",
]);

/** Every difference, as a line that begins with where it is; none when the answer is the recorded one. */
export function differences(recorded: unknown, ours: unknown, bindings: Bindings, path = ""): string[] {
  if (typeof recorded === "string") return differentText(recorded, ours, bindings, path);
  // JSON text was recorded as what it says.
  if (typeof recorded === "object" && recorded !== null && typeof ours === "string" && /^[[{]/.test(ours)) {
    return differences(recorded, JSON.parse(ours), bindings, path);
  }
  if (Array.isArray(recorded)) return differentList(recorded, ours, bindings, path);
  if (typeof recorded === "object" && recorded !== null) return differentMembers(recorded, ours, bindings, path);
  return Object.is(recorded, ours) ? [] : [`${path}: ${JSON.stringify(recorded)} was recorded, ours is ${show(ours)}`];
}

function differentList(recorded: unknown[], ours: unknown, bindings: Bindings, path: string): string[] {
  if (!Array.isArray(ours)) return [`${path}: ${JSON.stringify(recorded)} was recorded, ours is ${show(ours)}`];
  const length =
    recorded.length === ours.length ? [] : [`${path}: ${recorded.length} were recorded, ours are ${ours.length}`];
  const shared = recorded.slice(0, ours.length);
  return [...length, ...shared.flatMap((each, at) => differences(each, ours[at], bindings, `${path}[${at}]`))];
}

function differentMembers(recorded: object, ours: unknown, bindings: Bindings, path: string): string[] {
  if (typeof ours !== "object" || ours === null) {
    return [`${path}: ${JSON.stringify(recorded)} was recorded, ours is ${show(ours)}`];
  }
  const left = new Map(Object.entries(ours).filter(([, value]) => value !== undefined));
  const found: string[] = [];
  for (const [name, value] of Object.entries(recorded)) {
    const here = path === "" ? name : `${path}.${name}`;
    // Keys may hold tokens too.
    const own = left.has(name) ? name : [...left.keys()].find((key) => name.includes("<") && textFits(name, key));
    if (own === undefined) found.push(`${here}: ${JSON.stringify(value)} was recorded, ours has none`);
    else found.push(...differences(value, left.get(own), bindings, here));
    if (own !== undefined) left.delete(own);
  }
  return [...found, ...[...left].map(([name, value]) => `${path}.${name}: none was recorded, ours is ${show(value)}`)];
}

function differentText(recorded: string, ours: unknown, bindings: Bindings, path: string): string[] {
  if (unrecorded.has(recorded) && ours !== undefined) return [];
  const text = ours instanceof Date ? ours.toISOString() : ours;
  const wrong = [`${path}: ${JSON.stringify(recorded)} was recorded, ours is ${show(ours)}`];
  if (typeof text !== "string") return wrong;
  if (recorded === text || words[recorded]?.test(text) === true) return [];
  const found = tokensOf(recorded, text);
  if (found === undefined) return wrong;
  return found.flatMap(([token, value]) => {
    const known = bindings.get(token);
    if (known === undefined) bindings.set(token, value);
    return known === undefined || known === value ? [] : [`${path}: ${token} was ${known}, now it is ${value}`];
  });
}

function textFits(recorded: string, text: string): boolean {
  return tokensOf(recorded, text) !== undefined;
}

/** Tokens with what they stand for, or undefined when the text is another. */
function tokensOf(recorded: string, text: string): [string, string][] | undefined {
  const parts = recorded.split(/(<[a-zA-Z0-9_:-]+>|111111111111)/);
  if (parts.length === 1) return undefined;
  const pattern = parts.map((part, at) => (at % 2 === 1 ? "(.*?)" : part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")));
  const found = new RegExp(`^${pattern.join("")}$`, "s").exec(text);
  if (found === null) return undefined;
  return parts.filter((_, at) => at % 2 === 1).map((token, at) => [token, found[at + 1] ?? ""]);
}

function show(value: unknown): string {
  return value === undefined ? "absent" : (JSON.stringify(value) ?? typeof value);
}
