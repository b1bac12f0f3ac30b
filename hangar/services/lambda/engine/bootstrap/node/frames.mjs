// Messages between Hangar and a Node runtime on one socket: two lengths, a JSON head, a body.

const LENGTHS = 8;
/** Longer bodies are sent beside their head, not copied behind it. */
const COPIED = 64 * 1024;

/** Buffers to write in this order. */
export function frame(head, body) {
  const text = JSON.stringify(head);
  const size = Buffer.byteLength(text);
  const small = body.length <= COPIED;
  const start = Buffer.allocUnsafe(LENGTHS + size + (small ? body.length : 0));
  start.writeUInt32LE(size, 0);
  start.writeUInt32LE(body.length, 4);
  start.write(text, LENGTHS);
  if (!small) return [start, body];
  start.set(body, LENGTHS + size);
  return [start];
}

/** Takes bytes as they come, gives whole messages: `push` answers those that are complete. */
export class FrameReader {
  #chunks = [];
  #size = 0;
  #wanted = LENGTHS;

  push(chunk) {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const frames = [];
    while (this.#size >= this.#wanted) {
      const bytes = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
      const headEnd = LENGTHS + bytes.readUInt32LE(0);
      const end = headEnd + bytes.readUInt32LE(4);
      this.#wanted = end;
      this.#chunks = [bytes];
      if (bytes.length < end) break;
      frames.push({ head: JSON.parse(bytes.toString("utf8", LENGTHS, headEnd)), body: bytes.subarray(headEnd, end) });
      this.#chunks = bytes.length === end ? [] : [bytes.subarray(end)];
      this.#size -= end;
      this.#wanted = LENGTHS;
    }
    return frames;
  }
}
