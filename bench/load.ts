// Requests per second over keep-alive connections: a signed request is captured from the SDK once and replayed.

import autocannon from "autocannon";

export type Captured = {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer | undefined;
};

type SdkClient = { send(command: never): Promise<unknown>; destroy(): void };
type Handled = {
  readonly method: string;
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
};

class Stop extends Error {}

/** What the SDK would send for a command, signature included. */
export async function capture(make: (handler: object) => SdkClient, command: object): Promise<Captured> {
  let captured: Captured | undefined;
  const client = make({
    metadata: { handlerProtocol: "http/1.1" },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
    async handle(request: Handled) {
      const query = Object.entries(request.query ?? {})
        .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
        .join("&");
      captured = {
        method: request.method,
        path: query === "" ? request.path : `${request.path}?${query}`,
        headers: withoutLength(request.headers),
        body: await bytesOf(request.body),
      };
      throw new Stop();
    },
  });
  await client.send(command as never).catch((error: unknown) => {
    if (!(error instanceof Stop)) throw error;
  });
  client.destroy();
  if (captured === undefined) throw new Error("The SDK sent nothing.");
  return captured;
}

/** autocannon writes a length of its own, and a request with two is refused. */
function withoutLength(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== "content-length"));
}

/** Some bodies are streams, e.g. of an object with its checksum behind it. */
async function bytesOf(body: unknown): Promise<string | Buffer | undefined> {
  if (body === undefined || typeof body === "string") return body;
  if (body instanceof Uint8Array) return Buffer.from(body);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array | string>) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Requests a second; throws when an answer is no success. */
export async function requestsPerSecond(
  port: number,
  request: Captured,
  { seconds = 1, connections = 32 }: { readonly seconds?: number; readonly connections?: number } = {},
): Promise<number> {
  const result = await autocannon({
    url: `http://127.0.0.1:${port}${request.path}`,
    connections,
    duration: seconds,
    method: request.method as "POST",
    headers: request.headers,
    ...(request.body === undefined ? {} : { body: request.body }),
  } as autocannon.Options);
  if (result.non2xx > 0 || result.errors > 0 || result["2xx"] === 0)
    throw new Error(`${request.method} ${request.path}: ${result.non2xx} refusals, ${result.errors} errors`);
  return result["2xx"] / result.duration;
}

const HELLO: Captured = { method: "GET", path: "/hello", headers: {}, body: undefined };
const ROUNDS = 5;

export type Share = { readonly rate: number; readonly hello: number; readonly share: number };

/** In turn with a raw hello, so that a busy moment of the machine falls on both; the first round only warms up. */
export async function besideHello(rawPort: number, port: number, request: Captured): Promise<Share> {
  const rounds: Share[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const hello = await requestsPerSecond(rawPort, HELLO);
    const rate = await requestsPerSecond(port, request);
    if (round > 0) rounds.push({ rate, hello, share: rate / hello });
  }
  return rounds.toSorted((a, b) => a.share - b.share)[ROUNDS >> 1] ?? { rate: Number.NaN, hello: Number.NaN, share: 0 };
}
