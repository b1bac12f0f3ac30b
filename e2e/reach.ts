// HTTP to any address a target hands out, also where the host's resolver does not know its emulator names.
import { lookup } from "node:dns";
import { Agent, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { IncomingMessage } from "node:http";
import type { LookupFunction } from "node:net";

/** Names that mean this machine by convention; few resolvers know them without a network. */
const emulatorName = /(^|\.)localhost(\.localstack\.cloud)?$/;

const emulatorLookup: LookupFunction = (host, options, callback) => {
  if (!emulatorName.test(host)) return lookup(host, options, callback);
  if (options.all === true) callback(null, [{ address: "127.0.0.1", family: 4 }]);
  else callback(null, "127.0.0.1", 4);
};

export const agent = new Agent({ keepAlive: true, lookup: emulatorLookup });

export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  readonly text: string;
};

export type Call = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
};

export async function reach(url: string, { method = "GET", headers = {}, body }: Call = {}): Promise<Reply> {
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
    const options = { method, headers: { ...length, ...headers } };
    const request = url.startsWith("https:")
      ? httpsRequest(url, options, resolve)
      : httpRequest(url, { ...options, agent }, resolve);
    request.on("error", reject);
    request.end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const flat = Object.entries(message.headers).map(([name, value]) => [name, [value].flat().join(", ")] as const);
  return { status: message.statusCode ?? 0, headers: Object.fromEntries(flat), bytes, text: bytes.toString() };
}
