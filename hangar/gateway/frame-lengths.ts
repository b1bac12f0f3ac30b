// Follows the frames that a WebSocket client sends, to tell when one is longer than allowed.

const MASK = 4;

export class FrameLengths {
  readonly #limit: number;
  #head = Buffer.alloc(0);
  /** Of the present frame's payload, with its mask, that have not come yet. */
  #left = 0;
  exceeded = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** True once, when a frame is seen to be too long. */
  read(chunk: Buffer): boolean {
    if (this.exceeded) return false;
    let at = 0;
    while (at < chunk.length) {
      const skipped = Math.min(this.#left, chunk.length - at);
      this.#left -= skipped;
      at += skipped;
      if (at === chunk.length) break;
      this.#head = Buffer.concat([this.#head, chunk.subarray(at, at + 1)]);
      at += 1;
      const length = this.#length();
      if (length === undefined) continue;
      if (length > this.#limit) return (this.exceeded = true);
      this.#left = length + MASK;
      this.#head = Buffer.alloc(0);
    }
    return false;
  }

  /** Undefined until the header tells. */
  #length(): number | undefined {
    const head = this.#head;
    if (head.length < 2) return undefined;
    const short = (head[1] ?? 0) & 0x7f;
    if (short < 126) return short;
    if (short === 126) return head.length < 4 ? undefined : head.readUInt16BE(2);
    return head.length < 10 ? undefined : Number(head.readBigUInt64BE(2));
  }
}
