// Gives memory of large buffers back before the garbage collector would.

/**
 * Memory that was never used costs its first touch a page at a time, several times what a copy costs; what is given back
 * at once is used again. Only for bytes that nobody looks at any more: they are gone. Slices of something larger stay.
 */
export function freeMemory(bytes: Uint8Array): void {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) buffer.transfer(0);
}

/** Bytes. glibc keeps up to twice the largest block that was ever freed; what is freed beyond it goes to the system. */
const LARGEST_FREED = 4 * 1024 * 1024;

/**
 * Lets a process keep what `freeMemory` frees: streams of megabytes would touch all of it anew, which takes twice the
 * time of reading and decrypting. The block itself is never touched. Without glibc it changes nothing.
 */
export function keepFreedMemory(): void {
  freeMemory(Buffer.allocUnsafeSlow(LARGEST_FREED));
}

const given = new WeakSet<object>();

/** Says of a stream that its chunks are their reader's alone, who may free each when it is done with. */
export function givesChunks<Stream extends AsyncIterable<Uint8Array>>(stream: Stream): Stream {
  given.add(stream);
  return stream;
}

export function isGiving(stream: AsyncIterable<Uint8Array>): boolean {
  return given.has(stream);
}
