// The inner loop of MD5 in WebAssembly, for one body and for four side by side: a step of one waits for its own last one, four fill that time.

import {
  I32,
  instanceOf,
  rows,
  signed,
  unsigned,
  V128,
  type Code,
  type WasmMemory,
} from "../../../kernel/web-assembly.ts";

/** Bytes. */
export const BLOCK = 64;
export const LANES = 4;
/** Of the machine's own at the beginning of its memory: the constants of all steps, and the state it works on. */
export const OWN = 2048;

/** https://www.rfc-editor.org/rfc/rfc1321 section 3.4: how far the steps of each round turn, and which word of the block they take. */
const TURNS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;
const WORDS: readonly ((step: number) => number)[] = [
  (step) => step % 16,
  (step) => (5 * step + 1) % 16,
  (step) => (3 * step + 5) % 16,
  (step) => (7 * step) % 16,
];
const STEPS = Array.from({ length: 64 }, (_, step) => ({
  step,
  round: step >> 4,
  word: WORDS[step >> 4]?.(step) ?? 0,
  turn: TURNS[step >> 4]?.[step % 4] ?? 0,
  sine: Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32) | 0,
}));
const BEGINNING = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];

const VECTOR = 16;
const STATE = STEPS.length * VECTOR;
const VOID = 0x40;
const get = (local: number): Code => [0x20, ...unsigned(local)];
const set = (local: number): Code => [0x21, ...unsigned(local)];
const tee = (local: number): Code => [0x22, ...unsigned(local)];
const constant = (value: number): Code => [0x41, ...signed(value | 0)];
const [ADD, SUBTRACT] = [[0x6a], [0x6b]];
const AGAIN_IF: Code = [0x0d, 0];
const vector = (instruction: number): Code => [0xfd, ...unsigned(instruction)];

/** What the steps need of a word: 32 bits of one body, or the same 32 bits of four. */
type Words = {
  readonly type: number;
  readonly size: number;
  readonly load: (offset: number) => Code;
  readonly store: (offset: number) => Code;
  readonly add: Code;
  readonly and: Code;
  readonly or: Code;
  readonly xor: Code;
  readonly not: Code;
  readonly sine: (step: number) => Code;
  readonly turned: (by: number, spare: number) => Code;
};

const ONE: Words = {
  type: I32,
  size: 4,
  load: (offset) => [0x28, 0, ...unsigned(offset)],
  store: (offset) => [0x36, 0, ...unsigned(offset)],
  add: ADD,
  and: [0x71],
  or: [0x72],
  xor: [0x73],
  not: rows(constant(-1), [0x73]),
  sine: (step) => constant(STEPS[step]?.sine ?? 0),
  turned: (by) => rows(constant(by), [0x77]),
};

const FOUR: Words = {
  type: V128,
  size: VECTOR,
  load: (offset) => rows(vector(0x00), [0], unsigned(offset)),
  store: (offset) => rows(vector(0x0b), [0], unsigned(offset)),
  add: vector(0xae),
  and: vector(0x4e),
  or: vector(0x50),
  xor: vector(0x51),
  not: vector(0x4d),
  // A table is faster than constants in the code.
  sine: (step) => rows(constant(0), FOUR.load(step * VECTOR)),
  turned: (by, spare) =>
    rows(tee(spare), constant(by), vector(0xab), get(spare), constant(32 - by), vector(0xad), FOUR.or),
};

/** Locals of a loop over blocks, after its parameters. */
type Locals = {
  readonly digest: readonly [number, number, number, number];
  readonly before: number;
  readonly spare: number;
  readonly block: number;
  readonly end: number;
};

function localsAfter(parameters: number): Locals {
  const digest = [parameters, parameters + 1, parameters + 2, parameters + 3] as const;
  return { digest, before: parameters + 4, spare: parameters + 8, block: parameters + 9, end: parameters + 25 };
}

/** Each round's own function of b, c and d, added to what is on the stack. The newest, b, comes last: all else is there by then. */
const ROUNDS: readonly ((words: Words, b: number, c: number, d: number) => Code)[] = [
  ({ add, and, xor }, b, c, d) => rows(get(c), get(d), xor, get(b), and, get(d), xor, add),
  ({ add, and, not }, b, c, d) => rows(get(c), get(d), not, and, add, get(b), get(d), and, add),
  ({ add, xor }, b, c, d) => rows(get(c), get(d), xor, get(b), xor, add),
  ({ add, or, xor, not }, b, c, d) => rows(get(d), not, get(b), or, get(c), xor, add),
];

function steps(words: Words, { digest, spare, block }: Locals): Code {
  return STEPS.flatMap(({ step, round, word, turn }) => {
    const at = (index: number): number => digest[(index - step) & 3] ?? 0;
    const [a, b, c, d] = [at(0), at(1), at(2), at(3)];
    return rows(
      rows(get(a), words.sine(step), words.add, get(block + word), words.add),
      ROUNDS[round]?.(words, b, c, d) ?? [],
      rows(words.turned(turn, spare), get(b), words.add, set(a)),
    );
  });
}

/** Goes through `blocks` of them; `pointers` and `blocks` are parameters. */
function overBlocks(words: Words, pointers: readonly number[], blocks: number, load: Code): Code {
  const locals = localsAfter(blocks + 1);
  const each = (code: (local: number, index: number) => Code): Code => locals.digest.flatMap(code);
  return rows(
    each((local, index) => rows(constant(STATE), words.load(index * words.size), set(local))),
    [0x03, VOID],
    each((local, index) => rows(get(local), set(locals.before + index))),
    load,
    steps(words, locals),
    each((local, index) => rows(get(local), get(locals.before + index), words.add, set(local))),
    pointers.flatMap((pointer) => rows(get(pointer), constant(BLOCK), ADD, set(pointer))),
    rows(get(blocks), constant(1), SUBTRACT, tee(blocks), AGAIN_IF, [0x0b]),
    each((local, index) => rows(constant(STATE), get(local), words.store(index * words.size))),
  );
}

const lanes = (...words: readonly number[]): Code =>
  rows(
    vector(0x0d),
    words.flatMap((word) => [4 * word, 4 * word + 1, 4 * word + 2, 4 * word + 3]),
  );
/** Words 0 to 3 are of the first vector, 4 to 7 of the second. */
const [LOWER, UPPER, LOWER_HALVES, UPPER_HALVES] = [
  lanes(0, 4, 1, 5),
  lanes(2, 6, 3, 7),
  lanes(0, 1, 4, 5),
  lanes(2, 3, 6, 7),
];

/** The next block of four bodies, a word of each in a local: four times four words, turned over. */
function turnedOver(block: number, spares: number): Code {
  return [0, 4, 8, 12].flatMap((first) => {
    const mixed = (left: number, right: number, by: Code, to: number): Code => rows(get(left), get(right), by, set(to));
    const word = (index: number): number => block + first + index;
    const spare = (index: number): number => spares + index;
    return rows(
      [0, 1, 2, 3].flatMap((lane) => rows(get(lane), FOUR.load(4 * first), set(spare(lane)))),
      mixed(spare(0), spare(1), LOWER, word(0)),
      mixed(spare(0), spare(1), UPPER, word(2)),
      mixed(spare(2), spare(3), LOWER, spare(0)),
      mixed(spare(2), spare(3), UPPER, spare(1)),
      mixed(word(0), spare(0), UPPER_HALVES, word(1)),
      mixed(word(0), spare(0), LOWER_HALVES, word(0)),
      mixed(word(2), spare(1), UPPER_HALVES, word(3)),
      mixed(word(2), spare(1), LOWER_HALVES, word(2)),
    );
  });
}

function functions() {
  const [one, four] = [localsAfter(2), localsAfter(LANES + 1)];
  const words = STEPS.slice(0, 16).flatMap(({ step }) => rows(get(0), ONE.load(4 * step), set(one.block + step)));
  const parameters = [I32, I32, I32, I32, I32];
  return [
    {
      name: "one",
      parameters: [I32, I32],
      results: [],
      locals: [[one.end - 2, I32]],
      body: overBlocks(ONE, [0], 1, words),
    },
    {
      name: "four",
      parameters,
      results: [],
      locals: [[four.end + 4 - parameters.length, V128]],
      body: overBlocks(FOUR, [0, 1, 2, 3], LANES, turnedOver(four.block, four.end)),
    },
  ] as const;
}

/** A digest as far as it is. */
export type Md5State = Uint32Array;

export function md5Beginning(): Md5State {
  return Uint32Array.from(BEGINNING);
}

/** A body's state, and where in memory its next blocks are. */
export type Lane = { readonly state: Md5State; readonly at: number };

/** Digests so many whole blocks of one to four bodies. */
export type Md5Machine = (lanes: readonly Lane[], blocks: number) => void;

/** Works on memory whose first `OWN` bytes are the machine's. */
export function md5Machine(memory: WasmMemory): Md5Machine {
  const own = new Uint32Array(memory.buffer, 0, OWN / Uint32Array.BYTES_PER_ELEMENT);
  for (const { step, sine } of STEPS) own.fill(sine, LANES * step, LANES * (step + 1));
  const run = instanceOf<"one" | "four", (...parameters: number[]) => void>(memory, functions());
  const state = own.subarray(STATE / Uint32Array.BYTES_PER_ELEMENT);
  return (bodies, blocks) => {
    const [first] = bodies;
    if (first === undefined) return;
    if (bodies.length === 1) {
      state.set(first.state);
      run.one(first.at, blocks);
      first.state.set(state.subarray(0, 4));
      return;
    }
    for (const [lane, { state: words }] of bodies.entries())
      for (const [index, word] of words.entries()) state[LANES * index + lane] = word;
    // A lane that nobody needs digests the first body's bytes for nothing.
    const [, second = first, third = first, fourth = first] = bodies;
    run.four(first.at, second.at, third.at, fourth.at, blocks);
    for (const [lane, { state: words }] of bodies.entries())
      for (const index of words.keys()) words[index] = state[LANES * index + lane] ?? 0;
  };
}
