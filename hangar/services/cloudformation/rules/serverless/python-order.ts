// Maps in the order of a hash table of Python 2.7, and printed as it printed them: a deployment of a REST API is named by the hash of its definition's print.

/** SAM has kept its logical ids since it ran on Python 2.7, where texts of a template printed as u'…' and its own as '…', and where maps were ordered by their hash table. */
export class Literal {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): string {
    return this.text;
  }
}

export type Fields = { [key: string]: unknown };
type Key = string | Literal;

const REMOVED = Symbol("removed");
const SMALLEST = 8;
const MULTIPLIER = 1_000_003n;

function hashOf(text: string): bigint {
  const points = Array.from(text, (character) => BigInt(character.codePointAt(0) ?? 0));
  if (points[0] === undefined) return 0n;
  const mixed = points.reduce((hash, point) => BigInt.asUintN(64, MULTIPLIER * hash) ^ point, points[0] << 7n);
  return BigInt.asUintN(64, mixed ^ BigInt(points.length));
}

/** The hash table's slots; which keys were there before decides where a key goes. */
class Slots {
  readonly literals = new Set<string>();
  #slots: (string | typeof REMOVED | undefined)[] = Array.from({ length: SMALLEST });
  #used = 0;
  #touched = 0;
  readonly #hashes = new Map<string, bigint>();

  keys(): string[] {
    return this.#slots.filter((slot): slot is string => typeof slot === "string");
  }

  has(key: string): boolean {
    return this.#hashes.has(key);
  }

  add(key: string): void {
    if (!this.has(key)) this.#hashes.set(key, hashOf(key));
    const index = this.#find(key);
    const before = this.#slots[index];
    if (before === key) return;
    this.#slots[index] = key;
    this.#used += 1;
    if (before === undefined) this.#touched += 1;
    if (this.#touched * 3 >= this.#slots.length * 2) this.#resize(this.#used * 4);
  }

  remove(key: string): void {
    if (!this.has(key)) return;
    this.#slots[this.#find(key)] = REMOVED;
    this.#hashes.delete(key);
    this.#used -= 1;
  }

  /** Room is made for all of them first. */
  merge(keys: readonly string[]): void {
    if (keys.length > 0 && (this.#touched + keys.length) * 3 >= this.#slots.length * 2)
      this.#resize((this.#used + keys.length) * 2);
    for (const key of keys) this.add(key);
  }

  #resize(request: number): void {
    const keys = this.keys();
    let size = SMALLEST;
    while (size <= request) size *= 2;
    this.#slots = Array.from({ length: size });
    this.#used = 0;
    this.#touched = 0;
    for (const key of keys) this.add(key);
  }

  #find(key: string): number {
    const mask = BigInt(this.#slots.length - 1);
    let perturb = this.#hashes.get(key) ?? 0n;
    let walker = perturb & mask;
    let free: number | undefined;
    for (;;) {
      const index = Number(walker & mask);
      const slot = this.#slots[index];
      if (slot === key) return index;
      if (slot === undefined) return free ?? index;
      if (slot === REMOVED) free ??= index;
      walker = walker * 5n + perturb + 1n;
      perturb >>= 5n;
    }
  }
}

const tables = new WeakMap<object, Slots>();
/** Keys of the user's in maps that are in no order but that of writing. */
const usersKeys = new WeakMap<object, ReadonlySet<string>>();

function isMap(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Literal);
}

/** The table of a map that has one, brought up to date with what was written past it. */
function tableOf(fields: Fields): Slots | undefined {
  const table = tables.get(fields);
  if (table === undefined) return undefined;
  for (const key of table.keys()) if (!Object.hasOwn(fields, key)) table.remove(key);
  for (const key of Object.keys(fields)) if (!table.has(key)) table.add(key);
  return table;
}

/** An ordered map; its keys are SAM's own. */
export function ordered(fields: Fields = {}): Fields {
  const made: Fields = {};
  tables.set(made, new Slots());
  for (const [key, value] of Object.entries(fields)) put(made, new Literal(key), value);
  return made;
}

/** A map in the order of writing, of keys of both kinds. */
export function listedMap(entries: readonly (readonly [Key, unknown])[]): Fields {
  const made: Fields = {};
  for (const [key, value] of entries) put(made, key, value);
  usersKeys.set(made, new Set(entries.flatMap(([key]) => (key instanceof Literal ? [] : [key]))));
  return made;
}

/** What a template says, in order: its texts and keys are the user's. */
export function adopt(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(adopt);
  if (!isMap(value)) return value;
  const made = ordered();
  for (const [key, item] of Object.entries(value)) put(made, key, adopt(item));
  return made;
}

export function put(fields: Fields, key: Key, value: unknown): void {
  const name = key instanceof Literal ? key.text : key;
  const table = tables.get(fields);
  const known = Object.hasOwn(fields, name);
  fields[name] = value;
  table?.add(name);
  if (known) return;
  if (key instanceof Literal) table?.literals.add(name);
  else table?.literals.delete(name);
}

/** As many at once: room is made for all of them first. */
export function update(fields: Fields, more: Fields): void {
  tables.get(fields)?.merge(keysOf(more));
  for (const [key, value] of writtenKeysOf(more)) {
    if (key instanceof Literal && !Object.hasOwn(fields, key.text)) tables.get(fields)?.literals.add(key.text);
    put(fields, key, value);
  }
}

export function drop(fields: Fields, key: string): void {
  Reflect.deleteProperty(fields, key);
  tables.get(fields)?.remove(key);
}

export function keysOf(fields: Fields): string[] {
  return tableOf(fields)?.keys() ?? Object.keys(fields);
}

export function entriesOf(fields: Fields): [string, unknown][] {
  return keysOf(fields).map((key) => [key, fields[key]]);
}

/** Keys as they would be written again elsewhere. */
export function writtenKeysOf(fields: Fields): [Key, unknown][] {
  return keysOf(fields).map((key) => [isLiteralIn(fields, key) ? new Literal(key) : key, fields[key]]);
}

function isLiteralIn(fields: Fields, key: string): boolean {
  return tables.get(fields)?.literals.has(key) ?? usersKeys.get(fields)?.has(key) !== true;
}

/** One level: where keys collide, a copy's order may differ from the original's. */
export function copyOf(fields: Fields): Fields {
  const table = tableOf(fields);
  if (table === undefined) return { ...fields };
  const made = ordered();
  tables.get(made)?.merge(table.keys());
  for (const [key, value] of writtenKeysOf(fields)) put(made, key, value);
  return made;
}

export function deepCopy<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(deepCopy) as Value;
  if (!isMap(value)) return value;
  const entries = writtenKeysOf(value).map(([key, item]): [Key, unknown] => [key, deepCopy(item)]);
  if (tables.get(value) === undefined) return listedMap(entries) as Value;
  const made = ordered();
  for (const [key, item] of entries) put(made, key, item);
  return made as Value;
}

/** As data: order and marks gone. */
export function plain(value: unknown): unknown {
  if (value instanceof Literal) return value.text;
  if (Array.isArray(value)) return value.map(plain);
  if (!isMap(value)) return value;
  return Object.fromEntries(entriesOf(value).map(([key, item]) => [key, plain(item)]));
}

/** As Python 2.7 would have printed it. */
export function printed(value: unknown): string {
  if (typeof value === "string") return `u${quoted(value, "ascii")}`;
  if (value instanceof Literal) return quoted(value.text, "any");
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(printed).join(", ")}]`;
  if (!isMap(value)) return JSON.stringify(value);
  const parts = writtenKeysOf(value).map(([key, item]) => `${printed(key)}: ${printed(item)}`);
  return `{${parts.join(", ")}}`;
}

const ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };

function quoted(text: string, characters: "ascii" | "any"): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = Array.from(text, (character) => {
    if (character === quote) return `\\${character}`;
    const known = ESCAPES[character];
    if (known !== undefined) return known;
    const point = character.codePointAt(0) ?? 0;
    if (point >= 32 && (point < 127 || (point > 160 && characters === "any"))) return character;
    const [mark, digits] = point < 256 ? ["x", 2] : point < 65_536 ? ["u", 4] : ["U", 8];
    return `\\${mark as string}${point.toString(16).padStart(digits as number, "0")}`;
  });
  return `${quote}${escaped.join("")}${quote}`;
}
