// The bodies that a thread digests: what has come of each, and which of them go side by side.

import type { WasmMemory } from "../../../kernel/web-assembly.ts";
import { BLOCK, LANES, md5Beginning, md5Machine, OWN, type Md5Machine, type Md5State } from "./md5-machine.ts";

/** Bytes at the beginning of memory that are for digesting. */
export const WORKPLACE = OWN + BLOCK;
/** Where the end of one piece and the beginning of the next make a block. */
const JOINT = OWN;
/** Of a block, for the body's length in bits. */
const LENGTH = 8;

type Piece = { at: number; readonly end: number; readonly done: () => void };

type OpenBody = {
  readonly state: Md5State;
  readonly pieces: Piece[];
  /** What is no block yet. */
  readonly rest: Uint8Array;
  restSize: number;
  size: number;
  ended: ((digest: string) => void) | undefined;
};

export class Md5Bodies {
  readonly #bytes: Uint8Array;
  readonly #digest: Md5Machine;
  readonly #open = new Map<number, OpenBody>();
  /** Those with pieces, the longest waiting first. */
  readonly #waiting = new Set<number>();

  constructor(memory: WasmMemory) {
    this.#bytes = new Uint8Array(memory.buffer);
    this.#digest = md5Machine(memory);
  }

  get size(): number {
    return this.#open.size;
  }

  /** A piece, from address to address; `done` is called when nobody needs it any more. */
  add(id: number, at: number, end: number, done: () => void): void {
    const body = this.#of(id);
    body.pieces.push({ at, end, done });
    body.size += end - at;
    this.#waiting.add(id);
  }

  /** `told` of its digest in hex when its last piece is done. */
  end(id: number, told: (digest: string) => void): void {
    this.#of(id).ended = told;
    this.#waiting.add(id);
  }

  leave(id: number): void {
    for (const piece of this.#open.get(id)?.pieces ?? []) piece.done();
    this.#open.delete(id);
    this.#waiting.delete(id);
  }

  /** Digests what up to four bodies have; false when there is nothing to do. */
  step(): boolean {
    const ready: { readonly id: number; readonly body: OpenBody; readonly piece: Piece }[] = [];
    for (const id of this.#waiting) {
      const body = this.#of(id);
      const piece = this.#nextPiece(id, body);
      if (piece !== undefined) ready.push({ id, body, piece });
      if (ready.length === LANES) break;
    }
    if (ready.length === 0) return false;
    const blocks = Math.min(...ready.map(({ piece }) => Math.floor((piece.end - piece.at) / BLOCK)));
    this.#digest(
      ready.map(({ body: { state }, piece: { at } }) => ({ state, at })),
      blocks,
    );
    for (const { id, body, piece } of ready) {
      piece.at += blocks * BLOCK;
      if (piece.end - piece.at >= BLOCK || this.#nextPiece(id, body) === undefined) continue;
      // Behind those that have waited longer.
      this.#waiting.delete(id);
      this.#waiting.add(id);
    }
    return true;
  }

  #of(id: number): OpenBody {
    let body = this.#open.get(id);
    if (body === undefined) {
      const rest = new Uint8Array(BLOCK);
      body = { state: md5Beginning(), pieces: [], rest, restSize: 0, size: 0, ended: undefined };
      this.#open.set(id, body);
    }
    return body;
  }

  /** The first piece that has a block. What comes before it is digested, or kept for the next; without one, the body waits or has ended. */
  #nextPiece(id: number, body: OpenBody): Piece | undefined {
    for (let [piece] = body.pieces; piece !== undefined; [piece] = body.pieces) {
      if (body.restSize > 0 || piece.end - piece.at < BLOCK) this.#fillRest(body, piece);
      if (piece.end - piece.at >= BLOCK) return piece;
      if (piece.at < piece.end) continue;
      body.pieces.shift();
      piece.done();
    }
    this.#waiting.delete(id);
    if (body.ended !== undefined) {
      this.#open.delete(id);
      body.ended(this.#finished(body));
    }
    return undefined;
  }

  #fillRest(body: OpenBody, piece: Piece): void {
    const taken = Math.min(BLOCK - body.restSize, piece.end - piece.at);
    body.rest.set(this.#bytes.subarray(piece.at, piece.at + taken), body.restSize);
    body.restSize += taken;
    piece.at += taken;
    if (body.restSize < BLOCK) return;
    this.#digestJoint(body);
  }

  #digestJoint(body: OpenBody): void {
    this.#bytes.set(body.rest, JOINT);
    body.restSize = 0;
    this.#digest([{ state: body.state, at: JOINT }], 1);
  }

  /** A bit, zeros, and the length in bits: https://www.rfc-editor.org/rfc/rfc1321 section 3.1 and 3.2. */
  #finished(body: OpenBody): string {
    const { rest, state, restSize, size } = body;
    rest.fill(0, restSize);
    rest[restSize] = 0x80;
    if (restSize >= BLOCK - LENGTH) {
      this.#digestJoint(body);
      rest.fill(0);
    }
    new DataView(rest.buffer).setBigUint64(BLOCK - LENGTH, BigInt(size) * 8n, true);
    this.#digestJoint(body);
    return Buffer.from(state.buffer).toString("hex");
  }
}
