// Whether a value is the recorded one: placeholders stand for what differs from run to run, the same placeholder always for the same value.

/** What each placeholder of a recording stood for in our answers. */
export type Bindings = Map<string, string>;

/** `recorded` or `ours` is undefined where one has it and the other not. */
export type Difference = {
  readonly path: string;
  readonly recorded: unknown;
  readonly ours: unknown;
  readonly says: string;
};

/** How values are compared; by default in order and to the letter. */
export type Comparing = {
  readonly bindings: Bindings;
  /** Whether AWS gives the list at a path in no order. */
  readonly isUnordered?: ((path: string, list: readonly unknown[]) => boolean) | undefined;
  /** Texts that differ, and are not different: asked before a difference is one. */
  readonly isSame?: ((recorded: string, ours: string, path: string) => boolean) | undefined;
};

/** Values that were recorded as a word instead of a numbered placeholder, and what may stand there. */
const words: Readonly<Record<string, RegExp>> = {
  datetime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  "<datetime>": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
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
  server: /./,
  "x-amz-id-2": /./,
  "x-amz-request-id": /./,
  sequencer: /^[0-9A-F]+$/,
  "version-id": /^[\w.]{32}$/,
  "m-d5-of-body": /^[0-9a-f]{32}$/,
  "object-sequencer": /^[0-9A-F]+$/,
  bucket: /./,
  etag: /^"[0-9a-f]{32}"$/,
  "copy-etag": /^"[0-9a-f]{32}"$/,
  "next-continuation-token": /./,
  "continuation-token": /./,
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
/** Lists that are longer are compared in their order: trying all pairs would take too long. */
const MOST_UNORDERED = 200;

/** Every difference as a line that begins with where it is; none when the value is the recorded one. */
export function differences(recorded: unknown, ours: unknown, bindings: Bindings): string[] {
  return differencesOf(recorded, ours, { bindings }).map(({ path, says }) => `${path}: ${says}`);
}

export function differencesOf(recorded: unknown, ours: unknown, comparing: Comparing, path = ""): Difference[] {
  if (typeof recorded === "string") return differentText(recorded, ours, comparing, path);
  // JSON text was recorded as what it says.
  if (typeof recorded === "object" && recorded !== null && typeof ours === "string" && /^[[{]/.test(ours)) {
    return differencesOf(recorded, JSON.parse(ours), comparing, path);
  }
  if (Array.isArray(recorded)) return differentList(recorded, ours, comparing, path);
  if (typeof recorded === "object" && recorded !== null) return differentMembers(recorded, ours, comparing, path);
  return Object.is(recorded, ours) ? [] : [another(recorded, ours, path)];
}

function another(recorded: unknown, ours: unknown, path: string): Difference {
  const says =
    recorded === undefined
      ? `none was recorded, ours is ${show(ours)}`
      : `${show(recorded)} was recorded, ours ${ours === undefined ? "has none" : `is ${show(ours)}`}`;
  return { path, recorded, ours, says };
}

function differentList(recorded: unknown[], ours: unknown, comparing: Comparing, path: string): Difference[] {
  if (!Array.isArray(ours)) return [another(recorded, ours, path)];
  const says = `${recorded.length} were recorded, ours are ${ours.length}`;
  const length = recorded.length === ours.length ? [] : [{ path, recorded, ours, says }];
  const isLoose =
    comparing.isUnordered?.(path, recorded) === true && Math.max(recorded.length, ours.length) <= MOST_UNORDERED;
  const own: readonly unknown[] = isLoose ? inOrderOf(recorded, ours, comparing, path) : ours;
  const shared = recorded.slice(0, ours.length);
  return [...length, ...shared.flatMap((each, at) => differencesOf(each, own[at], comparing, `${path}[${at}]`))];
}

/** Ours, each where the recorded one is that it is equal to; the others where there is room. */
function inOrderOf(recorded: unknown[], ours: unknown[], comparing: Comparing, path: string): unknown[] {
  const left = [...ours];
  const placed = recorded.map((each) => {
    const found = left.findIndex((own) => {
      const tried = new Map(comparing.bindings);
      const isEqual = differencesOf(each, own, { ...comparing, bindings: tried }, `${path}[]`).length === 0;
      if (isEqual) for (const [placeholder, value] of tried) comparing.bindings.set(placeholder, value);
      return isEqual;
    });
    return found < 0 ? undefined : left.splice(found, 1);
  });
  return placed.flatMap((each) => each ?? left.splice(0, 1));
}

function differentMembers(recorded: object, ours: unknown, comparing: Comparing, path: string): Difference[] {
  if (typeof ours !== "object" || ours === null) return [another(recorded, ours, path)];
  const left = new Map(Object.entries(ours).filter(([, value]) => value !== undefined));
  const found: Difference[] = [];
  const below = (name: string): string => (path === "" ? name : `${path}.${name}`);
  for (const [name, value] of Object.entries(recorded)) {
    // Keys may hold placeholders too.
    const own = left.has(name) ? name : keyFor(name, left, comparing.bindings);
    if (own === undefined) found.push(another(value, undefined, below(name)));
    else found.push(...differencesOf(value, left.get(own), comparing, below(name)));
    if (own !== undefined) left.delete(own);
  }
  return [...found, ...[...left].map(([name, value]) => another(undefined, value, below(name)))];
}

function differentText(recorded: string, ours: unknown, comparing: Comparing, path: string): Difference[] {
  if (unrecorded.has(recorded) && ours !== undefined) return [];
  const text = ours instanceof Date ? ours.toISOString() : ours;
  const wrong = (): Difference[] => [another(recorded, ours, path)];
  if (recorded === "timestamp" && typeof text === "number") return [];
  if (typeof text !== "string") return wrong();
  if (words[recorded]?.test(text) === true) return [];
  const found = tokensOf(recorded, text) ?? (recorded === text ? [] : undefined);
  if (found === undefined) return comparing.isSame?.(recorded, text, path) === true ? [] : wrong();
  return found.flatMap(([token, value]) => rebound(token, value, comparing.bindings, { path, recorded, ours }));
}

/** A placeholder stands for one value; and of two recordings' placeholders each stands for one other. */
function rebound(token: string, value: string, bindings: Bindings, where: Omit<Difference, "says">): Difference[] {
  const isPlaceholder = /^<[^<>]+:\d+>$/.test(value);
  const known = bindings.get(token);
  const back = isPlaceholder ? bindings.get(`=${value}`) : undefined;
  if (known === undefined) bindings.set(token, value);
  if (isPlaceholder && back === undefined) bindings.set(`=${value}`, token);
  if (known !== undefined && known !== value) return [{ ...where, says: `${token} was ${known}, now it is ${value}` }];
  if (back !== undefined && back !== token)
    return [{ ...where, says: `${value} was for ${back}, now it is for ${token}` }];
  return [];
}

/** Of keys that a recorded one with placeholders may be, rather that which they stood for before. */
function keyFor(recorded: string, left: ReadonlyMap<string, unknown>, bindings: Bindings): string | undefined {
  if (!recorded.includes("<")) return undefined;
  const fitting = [...left.keys()].filter((key) => tokensOf(recorded, key) !== undefined);
  const isKnown = (key: string): boolean =>
    tokensOf(recorded, key)?.every(([token, value]) => bindings.get(token) === value) === true;
  return fitting.find(isKnown) ?? fitting[0];
}

/** Times, hosts and regions are what they are: one cannot be another. */
const PLACEHOLDER = /(<(?!time>|Host>|Region>)[a-zA-Z0-9_:-]+>|111111111111)/;
/** A pattern of more of them could take for ever. */
const MOST_PLACEHOLDERS = 12;

/** Placeholders with what they stand for, or undefined when the text is another. */
function tokensOf(recorded: string, text: string): [string, string][] | undefined {
  const parts = recorded.split(PLACEHOLDER);
  if (parts.length === 1) return undefined;
  const own = text.split(PLACEHOLDER);
  const tokens = parts.filter((_, at) => at % 2 === 1);
  if (parts.length === own.length && parts.every((part, at) => at % 2 === 1 || part === own[at]))
    return tokens.map((token, at) => [token, own[at * 2 + 1] ?? ""]);
  if (tokens.length > MOST_PLACEHOLDERS) return undefined;
  const pattern = parts.map((part, at) => (at % 2 === 1 ? "(.*?)" : part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")));
  const found = new RegExp(`^${pattern.join("")}$`, "s").exec(text);
  return found === null ? undefined : tokens.map((token, at) => [token, found[at + 1] ?? ""]);
}

function show(value: unknown): string {
  return value === undefined ? "absent" : (JSON.stringify(value) ?? typeof value);
}
