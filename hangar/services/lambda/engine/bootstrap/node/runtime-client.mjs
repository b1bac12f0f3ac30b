// Talks to the Runtime API on one keep-alive socket.

import { Agent, request } from "node:http";

export class RuntimeClient {
  #agent = new Agent({ keepAlive: true, maxSockets: 1, noDelay: true });
  #host;
  #port;
  #base;

  /** `host:port/prefix`, as in AWS_LAMBDA_RUNTIME_API. */
  constructor(api) {
    const [authority, ...prefix] = api.split("/");
    [this.#host, this.#port] = authority.split(":");
    this.#base = `${prefix.length === 0 ? "" : `/${prefix.join("/")}`}/2018-06-01/runtime`;
  }

  /** The next invocation: its headers and event text. */
  next() {
    return this.#send("GET", "/invocation/next", undefined, {});
  }

  post(path, body, headers = {}) {
    return this.#send("POST", path, body, { "Content-Type": "application/json", ...headers });
  }

  /** A response that is written piece by piece. */
  stream(path, headers) {
    const outgoing = request({
      ...this.#target("POST", path),
      headers: {
        "Content-Type": "application/octet-stream",
        ...headers,
        "Transfer-Encoding": "chunked",
        Trailer: "Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body",
      },
    });
    const answered = new Promise((resolve, reject) => {
      outgoing.once("response", (response) => {
        response.resume();
        response.once("end", resolve);
      });
      outgoing.once("error", reject);
    });
    outgoing.flushHeaders();
    return { outgoing, answered };
  }

  #target(method, path) {
    return { agent: this.#agent, host: this.#host, port: this.#port, method, path: this.#base + path };
  }

  #send(method, path, body, headers) {
    return new Promise((resolve, reject) => {
      const bytes = body === undefined ? undefined : Buffer.from(body);
      const outgoing = request(
        {
          ...this.#target(method, path),
          headers: bytes === undefined ? headers : { ...headers, "Content-Length": bytes.length },
        },
        (response) => {
          const chunks = [];
          response.on("data", (chunk) => chunks.push(chunk));
          response.on("end", () =>
            resolve({
              status: response.statusCode,
              headers: response.headers,
              body: Buffer.concat(chunks).toString("utf8"),
            }),
          );
        },
      );
      outgoing.once("error", reject);
      outgoing.end(bytes);
    });
  }
}
