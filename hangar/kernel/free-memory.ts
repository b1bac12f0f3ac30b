// Gives memory of large buffers back before the garbage collector would.

/**
 * Memory that was never used costs its first touch a page at a time, several times what a copy costs; what is given back
 * at once is used again. Only for bytes that nobody looks at any more: they are gone. Slices of something larger stay.
 */
export function freeMemory(bytes: Uint8Array): void {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) buffer.transfer(0);
}
