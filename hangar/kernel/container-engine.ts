// The user's Docker or Podman, by the HTTP API that both have on a socket. https://docs.docker.com/reference/api/engine/

import { once } from "node:events";
import { request, type ClientRequest, type IncomingMessage } from "node:http";
import { pipeline } from "node:stream/promises";
import { engineAddresses, type EngineAddress } from "./container-engine-address.ts";

const TIME_TO_ANSWER = 3000;

/** What the engine refused, in its words. */
export class ContainerEngineError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export class ContainerEngine {
  readonly #address: EngineAddress;
  /** Its containers run on this machine's own kernel: they can share its network, and their processes can be seen. */
  readonly local: boolean;

  constructor(address: EngineAddress, local: boolean) {
    this.#address = address;
    this.local = local;
  }

  /** The answer's JSON. Throws ContainerEngineError. */
  async call(method: "GET" | "HEAD" | "POST" | "DELETE", path: string, body?: unknown): Promise<unknown> {
    return wholeOf(await this.#send(method, path, body).response);
  }

  /** An answer that is no JSON, as it comes. Throws ContainerEngineError. */
  async read(path: string): Promise<AsyncIterable<Uint8Array>> {
    const response = await this.#send("GET", path, undefined).response;
    if ((response.statusCode ?? 500) >= 300) await wholeOf(response);
    return response;
  }

  /** For a call that answers when a container ends: it does not keep this process alive. */
  async wait(path: string): Promise<unknown> {
    const { sent, response } = this.#send("POST", path, undefined);
    sent.on("socket", (socket) => socket.unref());
    return wholeOf(await response);
  }

  /** A container's two streams of output from now on; `over` when they have ended. */
  async output(
    path: string,
    onBytes: (bytes: Buffer, stream: "stdout" | "stderr") => void,
  ): Promise<{ over: Promise<void> }> {
    const response = await this.#send("POST", path, undefined).response;
    if ((response.statusCode ?? 500) >= 300) await wholeOf(response);
    response.socket.unref();
    const over = new Promise<void>((resolve) => response.once("close", resolve));
    let rest: Buffer = Buffer.alloc(0);
    response.on("data", (bytes: Buffer) => {
      rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      while (rest.length >= 8 && rest.length >= 8 + rest.readUInt32BE(4)) {
        const end = 8 + rest.readUInt32BE(4);
        onBytes(rest.subarray(8, end), rest[0] === 2 ? "stderr" : "stdout");
        rest = rest.subarray(end);
      }
    });
    return { over };
  }

  /** Takes in an image from a tar. Throws what the engine says against it. */
  async load(archive: AsyncIterable<Uint8Array>): Promise<void> {
    const headers = { "Content-Type": "application/x-tar" };
    const sent = request({ ...this.#address, method: "POST", path: "/images/load?quiet=1", headers, agent: false });
    const answered = once(sent, "response") as Promise<[IncomingMessage]>;
    await Promise.all([pipeline(archive, sent), answered]);
    const [response] = await answered;
    const text = await textOf(response);
    const status = response.statusCode ?? 500;
    if (status >= 300) throw new ContainerEngineError(status, messageIn(text));
    const [, refusal] = /"error":"((?:[^"\\]|\\.)*)"/.exec(text) ?? [];
    if (refusal !== undefined) throw new ContainerEngineError(400, refusal);
  }

  #send(method: string, path: string, body: unknown): { sent: ClientRequest; response: Promise<IncomingMessage> } {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers: Record<string, string | number> =
      text === undefined ? {} : { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) };
    const sent = request({ ...this.#address, method, path, headers, agent: false });
    const response = new Promise<IncomingMessage>((resolve, reject) => {
      sent.once("response", resolve).once("error", reject);
    });
    sent.end(text);
    return { sent, response };
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

async function wholeOf(response: IncomingMessage): Promise<unknown> {
  const text = await textOf(response);
  const status = response.statusCode ?? 500;
  if (status < 300 || status === 304) return isJson(response) && text !== "" ? JSON.parse(text) : text;
  throw new ContainerEngineError(status, messageIn(text));
}

const isJson = (response: IncomingMessage): boolean =>
  response.headers["content-type"]?.startsWith("application/json") === true;

function messageIn(text: string): string {
  try {
    return (JSON.parse(text) as { readonly message?: string }).message ?? text;
  } catch {
    return text.trim();
  }
}

/** Engines that have answered, by their addresses. */
const found = new Map<string, ContainerEngine>();

/** The engine that answers, or the reason why none does. Asked again until there is one. */
export async function containerEngine(): Promise<ContainerEngine | string> {
  const reasons: string[] = [];
  for (const { address, from } of engineAddresses()) {
    const name = JSON.stringify(address);
    const known = found.get(name);
    if (known !== undefined) return known;
    try {
      if (typeof address === "string") throw new Error(address);
      const info = (await soon(new ContainerEngine(address, false).call("GET", "/info"))) as {
        readonly OperatingSystem?: string;
      };
      const here = process.platform === "linux" && "socketPath" in address && info.OperatingSystem !== "Docker Desktop";
      const engine = new ContainerEngine(address, here);
      found.set(name, engine);
      return engine;
    } catch (error) {
      reasons.push(`${from}: ${(error as Error).message}`);
    }
  }
  return reasons.length === 0 ? "there is no socket of Docker or Podman" : reasons.join("; ");
}

async function soon<Value>(answer: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer")), TIME_TO_ANSWER);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
