// An endpoint behind HTTP integrations: it answers what it was asked, the way the recorded one did.

import { createServer, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll } from "vitest";

export type Asked = {
  readonly method: string;
  readonly url: URL;
  /** As they were written. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

type Answers = (asked: Asked) => {
  readonly status?: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body: string;
};

/** While the file's tests run. Gives its origin. */
export function endpoint(answers: Answers): () => string {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { status = 200, headers = {}, body } = answers(asked(request, Buffer.concat(chunks).toString()));
      const length = { "Content-Length": Buffer.byteLength(body), Connection: "keep-alive" };
      response.writeHead(status, { "Content-Type": "application/json", ...length, ...headers }).end(body);
    });
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  afterAll(() => void server.close());
  return () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function asked(request: IncomingMessage, body: string): Asked {
  const { rawHeaders, method = "", url = "/" } = request;
  const pairs = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ""] as const] : []));
  return { method, url: new URL(url, "http://127.0.0.1"), headers: Object.fromEntries(pairs), body };
}
