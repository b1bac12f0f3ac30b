// A persistent ordered map: forks in O(1), copies one page path on the first write after a fork, scans in key order.

import type { WriteGate } from "./write-gate.ts";

/** Keys are compared by UTF-16 code unit; `byteKey` makes that UTF-8 byte order for keys outside ASCII. */
export type Range = {
  /** First key, included. */
  readonly from?: string;
  /** Keys after this one. */
  readonly after?: string;
  /** Keys before this one. */
  readonly to?: string;
  readonly prefix?: string;
  readonly reverse?: boolean;
};

/** `name` is the table's, as `listen` was given it. */
export type TableListener<Row> = (key: string, row: Row | undefined, name: string) => void;

const PAGE = 64;

type Leaf<Row> = { owner: object; readonly leaf: true; readonly keys: string[]; readonly rows: Row[] };
type Branch<Row> = { owner: object; readonly leaf: false; readonly keys: string[]; readonly nodes: Node<Row>[] };
type Node<Row> = Leaf<Row> | Branch<Row>;

/** Index of the first key >= `key`. */
function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Child that holds `key`: branch keys are the smallest key of each child (the first is never compared). */
function childIndex(keys: readonly string[], key: string): number {
  let low = 1;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as string) <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Rows are frozen plain data: a table never copies them, so nobody may change one in place. */
export class Table<Row> {
  #root: Node<Row>;
  #owner: object;
  #size: number;
  #listener: TableListener<Row> | undefined;
  #name = "";
  #gate: WriteGate | undefined;

  constructor(from?: { root: unknown; size: number }) {
    this.#owner = {};
    this.#root = from === undefined ? { owner: this.#owner, leaf: true, keys: [], rows: [] } : (from.root as Node<Row>);
    this.#size = from === undefined ? 0 : from.size;
  }

  get size(): number {
    return this.#size;
  }

  /** Told of every write; used by the journal and the trace. One listener and one gate may serve all tables of a world. */
  listen(listener: TableListener<Row> | undefined, name = "", gate?: WriteGate): void {
    this.#listener = listener;
    this.#name = name;
    this.#gate = gate;
  }

  /** A table with the same rows; from now on neither sees the other's writes. */
  fork(): Table<Row> {
    this.#owner = {};
    return new Table<Row>({ root: this.#root, size: this.#size });
  }

  get(key: string): Row | undefined {
    let node = this.#root;
    while (!node.leaf) node = node.nodes[childIndex(node.keys, key)] as Node<Row>;
    const index = lowerBound(node.keys, key);
    return node.keys[index] === key ? node.rows[index] : undefined;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** Writes a row and returns the one it replaces. */
  put(key: string, row: Row): Row | undefined {
    if (this.#gate?.closed !== undefined) this.#gate.pass();
    const path = this.#writablePath(key);
    const leaf = path.leaf;
    const index = lowerBound(leaf.keys, key);
    let previous: Row | undefined;
    if (leaf.keys[index] === key) {
      previous = leaf.rows[index];
      leaf.rows[index] = row;
    } else {
      leaf.keys.splice(index, 0, key);
      leaf.rows.splice(index, 0, row);
      this.#size += 1;
      if (leaf.keys.length > PAGE) this.#split(path.branches, index === leaf.keys.length - 1);
    }
    this.#listener?.(key, row, this.#name);
    return previous;
  }

  /** Removes a row and returns it. */
  delete(key: string): Row | undefined {
    if (this.get(key) === undefined) return undefined;
    if (this.#gate?.closed !== undefined) this.#gate.pass();
    const { leaf, branches } = this.#writablePath(key);
    const index = lowerBound(leaf.keys, key);
    const previous = leaf.rows[index];
    leaf.keys.splice(index, 1);
    leaf.rows.splice(index, 1);
    this.#size -= 1;
    if (leaf.keys.length === 0) this.#dropEmpty(branches);
    this.#listener?.(key, undefined, this.#name);
    return previous;
  }

  clear(): void {
    const keys = [...this.keys()];
    for (const key of keys) this.delete(key);
  }

  /** Rows in key order (or backwards), as they are when the first is asked for: writes go to copies of the pages. */
  *range(range: Range = {}): Generator<[string, Row]> {
    this.#owner = {};
    yield* scan(this.#root, range);
  }

  first(range: Range = {}): [string, Row] | undefined {
    for (const entry of scan(this.#root, range)) return entry;
    return undefined;
  }

  *keys(range: Range = {}): Generator<string> {
    for (const [key] of this.range(range)) yield key;
  }

  *rows(range: Range = {}): Generator<Row> {
    for (const [, row] of this.range(range)) yield row;
  }

  #own(node: Node<Row>): Node<Row> {
    if (node.owner === this.#owner) return node;
    return node.leaf
      ? { owner: this.#owner, leaf: true, keys: node.keys.slice(), rows: node.rows.slice() }
      : { owner: this.#owner, leaf: false, keys: node.keys.slice(), nodes: node.nodes.slice() };
  }

  #writablePath(key: string): { leaf: Leaf<Row>; branches: { node: Branch<Row>; index: number }[] } {
    let node = (this.#root = this.#own(this.#root));
    const branches: { node: Branch<Row>; index: number }[] = [];
    while (!node.leaf) {
      const index = childIndex(node.keys, key);
      const child = this.#own(node.nodes[index] as Node<Row>);
      node.nodes[index] = child;
      branches.push({ node, index });
      node = child;
    }
    return { leaf: node, branches };
  }

  /** `appending` keeps pages full when keys arrive in order. */
  #split(branches: { node: Branch<Row>; index: number }[], appending: boolean): void {
    for (let level = branches.length; level >= 0; level -= 1) {
      const parent = branches[level - 1];
      const node = parent === undefined ? this.#root : (parent.node.nodes[parent.index] as Node<Row>);
      if (node.keys.length <= PAGE) return;
      const at = appending ? node.keys.length - 1 : node.keys.length >>> 1;
      const keys = node.keys.splice(at);
      const right: Node<Row> = node.leaf
        ? { owner: this.#owner, leaf: true, keys, rows: node.rows.splice(at) }
        : { owner: this.#owner, leaf: false, keys, nodes: node.nodes.splice(at) };
      if (parent === undefined) {
        this.#root = { owner: this.#owner, leaf: false, keys: ["", keys[0] as string], nodes: [node, right] };
      } else {
        parent.node.keys.splice(parent.index + 1, 0, keys[0] as string);
        parent.node.nodes.splice(parent.index + 1, 0, right);
      }
    }
  }

  #dropEmpty(branches: { node: Branch<Row>; index: number }[]): void {
    for (let level = branches.length - 1; level >= 0; level -= 1) {
      const { node, index } = branches[level] as { node: Branch<Row>; index: number };
      node.keys.splice(index, 1);
      node.nodes.splice(index, 1);
      if (node.nodes.length > 0) break;
    }
    while (!this.#root.leaf && this.#root.nodes.length <= 1) {
      this.#root = this.#root.nodes[0] ?? { owner: this.#owner, leaf: true, keys: [], rows: [] };
      this.#root = this.#own(this.#root);
    }
  }
}

function scan<Row>(root: Node<Row>, range: Range): Generator<[string, Row]> {
  const bounds = boundsOf(range);
  return range.reverse === true ? backwards(root, bounds) : forwards(root, bounds);
}

type Bounds = { readonly from: string; readonly open: boolean; readonly to: string | undefined };

function boundsOf(range: Range): Bounds {
  let from = range.from ?? "";
  let open = false;
  let to = range.to;
  if (range.prefix !== undefined && range.prefix !== "") {
    if (range.prefix > from) from = range.prefix;
    const end = afterPrefix(range.prefix);
    if (end !== undefined && (to === undefined || end < to)) to = end;
  }
  if (range.after !== undefined && range.after >= from) {
    from = range.after;
    open = true;
  }
  return { from, open, to };
}

/** The smallest key greater than every key with this prefix. */
function afterPrefix(prefix: string): string | undefined {
  for (let index = prefix.length - 1; index >= 0; index -= 1) {
    const unit = prefix.charCodeAt(index);
    if (unit < 0xffff) return prefix.slice(0, index) + String.fromCharCode(unit + 1);
  }
  return undefined;
}

function* forwards<Row>(node: Node<Row>, { from, open, to }: Bounds): Generator<[string, Row]> {
  if (node.leaf) {
    for (let index = lowerBound(node.keys, from); index < node.keys.length; index += 1) {
      const key = node.keys[index] as string;
      if (to !== undefined && key >= to) return;
      if (open && key === from) continue;
      yield [key, node.rows[index] as Row];
    }
    return;
  }
  for (let index = childIndex(node.keys, from); index < node.nodes.length; index += 1) {
    if (index > 0 && to !== undefined && (node.keys[index] as string) >= to) return;
    yield* forwards(node.nodes[index] as Node<Row>, { from, open, to });
  }
}

function* backwards<Row>(node: Node<Row>, { from, open, to }: Bounds): Generator<[string, Row]> {
  const last = node.keys.length - 1;
  if (node.leaf) {
    for (let index = to === undefined ? last : lowerBound(node.keys, to) - 1; index >= 0; index -= 1) {
      const key = node.keys[index] as string;
      if (key < from || (open && key === from)) return;
      yield [key, node.rows[index] as Row];
    }
    return;
  }
  for (let index = to === undefined ? last : childIndex(node.keys, to); index >= 0; index -= 1) {
    yield* backwards(node.nodes[index] as Node<Row>, { from, open, to });
    if (index > 0 && (node.keys[index] as string) <= from) {
      if ((node.keys[index] as string) < from || open) return;
    }
  }
}

/** A key whose code-unit order is the UTF-8 byte order of `text`. ASCII text is its own key. */
export function byteKey(text: string): string {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > 0x7f) return Buffer.from(text, "utf8").toString("latin1");
  }
  return text;
}

/** Undoes `byteKey`. */
export function textOfKey(key: string): string {
  for (let index = 0; index < key.length; index += 1) {
    if (key.charCodeAt(index) > 0x7f) return Buffer.from(key, "latin1").toString("utf8");
  }
  return key;
}

/** Joins parts so that rows of one leading part stand together and sort by the next; parts may hold any text but NUL. */
export function compositeKey(...parts: readonly string[]): string {
  return parts.join("\u0000");
}
