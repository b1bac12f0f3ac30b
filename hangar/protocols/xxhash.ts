// The XXHASH checksums, by hash-wasm: node:crypto has none. WebAssembly, so that it runs wherever Node does; loaded when first asked for.
import type { IHasher } from "hash-wasm";
import type { Checksum } from "./checksums.ts";

export type XxhashAlgorithm = "XXHASH64" | "XXHASH3" | "XXHASH128";

/** One instance serves every running digest of an algorithm: whoever comes next puts the other's state aside. */
type Engine = { readonly hasher: IHasher; user: Xxhash | undefined };

const creators = { XXHASH64: "createXXHash64", XXHASH3: "createXXHash3", XXHASH128: "createXXHash128" } as const;
const engines = new Map<XxhashAlgorithm, Engine>();
const loading = new Map<XxhashAlgorithm, Promise<void>>();

export const isXxhash = (name: string): name is XxhashAlgorithm => Object.hasOwn(creators, name);

const load = async (algorithm: XxhashAlgorithm): Promise<void> => {
  const library = await import("hash-wasm");
  engines.set(algorithm, { hasher: await library[creators[algorithm]](), user: undefined });
};

export const loadXxhash = (algorithm: XxhashAlgorithm): Promise<void> => {
  const begun = loading.get(algorithm) ?? load(algorithm);
  loading.set(algorithm, begun);
  return begun;
};

class Xxhash implements Checksum {
  readonly algorithm: XxhashAlgorithm;
  #aside: Uint8Array | undefined;

  constructor(algorithm: XxhashAlgorithm) {
    this.algorithm = algorithm;
  }

  update(bytes: Uint8Array): void {
    this.#engine().hasher.update(bytes);
  }

  bytes(): Uint8Array {
    const engine = this.#engine();
    engine.user = undefined;
    return engine.hasher.digest("binary");
  }

  #engine(): Engine {
    const engine = engines.get(this.algorithm);
    if (engine === undefined) throw new Error(`${this.algorithm} is used before it is loaded`);
    if (engine.user === this) return engine;
    if (engine.user !== undefined) engine.user.#aside = engine.hasher.save();
    engine.user = this;
    if (this.#aside === undefined) engine.hasher.init();
    else engine.hasher.load(this.#aside);
    return engine;
  }
}

export const newXxhash = (algorithm: XxhashAlgorithm): Checksum => new Xxhash(algorithm);
