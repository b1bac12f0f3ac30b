// Small WebAssembly programs put together by hand: for inner loops that JavaScript's numbers make several times slower.

/** Instructions, as bytes: https://webassembly.github.io/spec/core/appendix/index-instructions.html */
export type Code = readonly number[];

export const I32 = 0x7f;
export const I64 = 0x7e;
export const V128 = 0x7b;

/** A function with parameters, further locals of one type each, and at most one result. */
export type WasmFunction = {
  readonly name: string;
  readonly parameters: Code;
  readonly results: Code;
  /** How many of which type, in order. */
  readonly locals: readonly (readonly [count: number, type: number])[];
  readonly body: Code;
};

/** Memory of 64 KB pages; shared, threads see the same. */
export type WasmMemory = { readonly buffer: ArrayBufferLike };

/** Node has it; its types come with those of the browser only. */
type Machinery = {
  readonly Memory: new (of: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
};
const { Memory, Module, Instance } = (globalThis as unknown as { readonly WebAssembly: Machinery }).WebAssembly;

const PAGE = 65_536;
const NAME = "m";
const END = 0x0b;

export function newMemory(bytes: number, shared = false): WasmMemory {
  const pages = Math.ceil(bytes / PAGE);
  return new Memory({ initial: pages, maximum: pages, shared });
}

/** Runs over memory that is made already. */
export function instanceOf<Name extends string, Run>(
  memory: WasmMemory,
  functions: readonly (WasmFunction & { readonly name: Name })[],
): Readonly<Record<Name, Run>> {
  const imports = { [NAME]: { [NAME]: memory } };
  return new Instance(new Module(program(memory, functions)), imports).exports as Readonly<Record<Name, Run>>;
}

/** LEB128. */
export function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** LEB128 of 32 bits with their sign. */
export function signed(value: number): Code {
  return value >= -0x40 && value < 0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

export const rows = (...codes: readonly Code[]): Code => codes.flat();

function program({ buffer }: WasmMemory, functions: readonly WasmFunction[]): Uint8Array {
  const pages = unsigned(buffer.byteLength / PAGE);
  // Not by instanceof: the memory may be of another realm than this module, as in Jest.
  const limits = buffer[Symbol.toStringTag] === "SharedArrayBuffer" ? 0x03 : 0x01;
  const types = functions.map(({ parameters, results }) => rows([0x60], vector(parameters), vector(results)));
  const bodies = functions.map(({ locals, body }) => {
    const declared = locals.map(([count, type]) => rows(unsigned(count), [type]));
    return sized(rows(list(declared), body, [END]));
  });
  return Uint8Array.from(
    rows(
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, list(types)),
      section(2, list([rows(text(NAME), text(NAME), [0x02, limits], pages, pages)])),
      section(3, list(functions.map((_, index) => unsigned(index)))),
      section(7, list(functions.map(({ name }, index) => rows(text(name), [0x00], unsigned(index))))),
      section(10, list(bodies)),
    ),
  );
}

const sized = (code: Code): Code => rows(unsigned(code.length), code);
const vector = (bytes: Code): Code => sized(bytes);
const list = (entries: readonly Code[]): Code => rows(unsigned(entries.length), ...entries);
const section = (id: number, content: Code): Code => rows([id], sized(content));
const text = (name: string): Code => vector([...Buffer.from(name)]);
