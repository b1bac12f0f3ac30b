// What every kind of API reads of a request: its body, and the port it came to.

import type { HttpRequest } from "../cloud/service.ts";

export function portOf({ origin, secure }: HttpRequest): string {
  return /:(\d+)$/.exec(origin)?.[1] ?? (secure ? "443" : "80");
}

/** Of the values of all headers, as sent; the line before them is `requestLineBytes`. */
export function headerBytes({ rawHeaders }: HttpRequest): number {
  return rawHeaders.reduce((sum, text, at) => (at % 2 === 0 ? sum : sum + text.length), 0);
}

export function requestLineBytes({ method, path, query }: HttpRequest): number {
  return `${method} ${path}${query === "" ? "" : `?${query}`} HTTP/1.1`.length;
}

/** Of header values: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
export const MOST_HEADER_BYTES = 10_240;

const LARGEST = 10 * 1024 * 1024;

/** Undefined above the 10 MB that API Gateway takes. */
export async function readBody(request: HttpRequest): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.length;
    if (size > LARGEST) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
