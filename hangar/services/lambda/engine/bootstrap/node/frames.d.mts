// Types of frames.mjs for Hangar's side of the socket.

export type Frame = { readonly head: Readonly<Record<string, unknown>>; readonly body: Buffer };

export function frame(head: object, body: Uint8Array): Uint8Array[];

export class FrameReader {
  push(chunk: Buffer): Frame[];
}
