// One port for every way of connecting: HTTP/1.1, HTTP/2 with prior knowledge and TLS, slow, large or broken.

import { KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { connect as connectHttp2 } from "node:http2";
import { request as requestHttps } from "node:https";
import { connect, type Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { connect as connectTls } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../index.ts";
import type { Incoming, Outgoing } from "./exchange.ts";
import { listen, type Listening } from "./server.ts";

const servers: Listening[] = [];
let cloud: RunningCloud;
let port = 0;
beforeAll(async () => {
  cloud = await startCloud();
  port = cloud.port;
});
afterAll(async () => {
  await cloud.close();
  for (const server of servers) await server.close();
});

/** A server that says what it was asked, or whatever `handle` says. */
async function serverOf(handle: (request: Incoming) => Promise<Outgoing> = echo): Promise<number> {
  const server = await listen(handle, { port: 0 });
  servers.push(server);
  return server.port;
}

async function echo(request: Incoming): Promise<Outgoing> {
  let size = 0;
  for await (const chunk of request.body) size += chunk.length;
  const { method, host, path, query, secure, origin } = request;
  return { status: 200, headers: {}, body: JSON.stringify({ method, host, path, query, secure, origin, size }) };
}

/** Sends text as it is and answers everything that comes back. */
async function raw(to: number, text: string, socket: Socket = connect(to, "127.0.0.1")): Promise<string> {
  socket.write(text);
  return rest(socket);
}

async function rest(socket: Socket): Promise<string> {
  let answer = "";
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

function bodyOf(answer: string): unknown {
  return JSON.parse(answer.slice(answer.indexOf("\r\n\r\n") + 4));
}

const health = { status: "ready" };

async function overHttp2(authority: string, headers: Record<string, string>, body = ""): Promise<string> {
  const session = connectHttp2(authority, { rejectUnauthorized: false });
  try {
    const stream = session.request({ ":method": "POST", ":path": "/", ...headers });
    stream.end(body);
    let text = "";
    for await (const chunk of stream) text += String(chunk);
    return text;
  } finally {
    session.close();
  }
}

describe("HTTP/1.1", () => {
  test("answers on one connection again and again", async () => {
    const socket = connect(port, "127.0.0.1");
    const one = `GET /_hangar/health HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    const last = one.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    const answer = await raw(port, one + one + last, socket);
    expect(answer.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(3);
  });

  test("takes a request whose bytes come one at a time", async () => {
    const at = await serverOf();
    const socket = connect(at, "127.0.0.1");
    socket.setNoDelay(true);
    const text =
      "POST /a%20b?c=d HTTP/1.1\r\nHost: x.localhost:99\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody";
    const answer = rest(socket);
    for (const character of text) {
      socket.write(character);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(bodyOf(await answer)).toEqual({
      method: "POST",
      host: "x.localhost",
      path: "/a%20b",
      query: "c=d",
      secure: false,
      origin: "http://x.localhost:99",
      size: 4,
    });
  });

  test("answers Expect: 100-continue before the body is sent", async () => {
    const socket = connect(await serverOf(), "127.0.0.1");
    socket.write(
      "PUT / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 4\r\nConnection: close\r\n\r\n",
    );
    const first = await new Promise<string>((resolve) => socket.once("data", (chunk) => resolve(String(chunk))));
    expect(first).toBe("HTTP/1.1 100 Continue\r\n\r\n");
    socket.write("body");
    expect(bodyOf(await rest(socket))).toMatchObject({ size: 4 });
  });

  test("takes a body in chunks and the absolute form that proxies send", async () => {
    const answer = await raw(
      await serverOf(),
      "POST http://localhost/x?y HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    );
    expect(bodyOf(answer)).toMatchObject({ path: "/x", query: "y", size: 3 });
  });

  test("refuses a head of more than 64 KB with 431", async () => {
    const answer = await raw(port, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(70_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    const large = await raw(
      port,
      `GET /_hangar/health HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(60_000)}\r\nConnection: close\r\n\r\n`,
    );
    expect(bodyOf(large)).toMatchObject(health);
  });

  test.each(["\u0000\u0001\u0002\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n"])(
    "%j is a bad request and harms nobody else",
    async (text) => {
      expect(await raw(port, text)).toMatch(/^HTTP\/1\.1 400 /);
      expect(await (await fetch(`${cloud.endpoint}/_hangar/health`)).json()).toMatchObject(health);
    },
  );

  test("a caller that hangs up is told to the work that waits for it", async () => {
    const gone = Promise.withResolvers<boolean>();
    const at = await serverOf(async (request) => {
      await new Promise<void>((resolve) => {
        request.caller.signal.addEventListener("abort", () => resolve());
      });
      gone.resolve(request.caller.gone);
      return { status: 200, headers: {} };
    });
    const socket = connect(at, "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    setTimeout(() => socket.destroy(), 20);
    expect(await gone.promise).toBe(true);
  });

  test("an answer that breaks off breaks the connection: nobody takes half for the whole", async () => {
    const at = await serverOf(() =>
      Promise.resolve({
        status: 200,
        headers: {},
        body: (async function* () {
          yield Buffer.from("half");
          await new Promise((resolve) => setTimeout(resolve, 5));
          throw new Error("the source failed");
        })(),
      }),
    );
    await expect(fetch(`http://127.0.0.1:${at}/`).then((answer) => answer.text())).rejects.toThrow("terminated");
  });

  test("a handler that fails is answered with 500", async () => {
    const at = await serverOf(() => Promise.reject(new Error("no")));
    const answer = await fetch(`http://127.0.0.1:${at}/`);
    expect([answer.status, (await answer.text()).split("\n")[0]]).toEqual([500, "Hangar failed: Error: no"]);
  });
});

describe("HTTP/2", () => {
  test("is spoken with prior knowledge, as the Kinesis client does", async () => {
    const at = await serverOf();
    const answer = await overHttp2(`http://127.0.0.1:${at}`, { "content-type": "text/plain" }, "body");
    expect(JSON.parse(answer)).toMatchObject({ method: "POST", host: "127.0.0.1", size: 4, secure: false });
    const client = new KinesisClient({
      endpoint: cloud.endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    const listed = await client.send(new ListStreamsCommand({})).catch((error: Error) => error);
    client.destroy();
    if (listed instanceof Error) expect(listed.name).toBe("NotEmulated");
    else expect(listed.StreamNames).toEqual([]);
  });

  test("takes a preface in pieces", async () => {
    const at = await serverOf();
    const socket = connect(at, "127.0.0.1");
    socket.setNoDelay(true);
    const settings = "\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000";
    const first = new Promise<Buffer>((resolve) => socket.once("data", resolve));
    for (const part of ["P", "R", "I * HTTP/2.0\r\n\r\nSM\r\n\r\n", settings]) {
      socket.write(part, "latin1");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    // The server's own SETTINGS frame: type 4 at byte 3.
    expect((await first)[3]).toBe(4);
    socket.destroy();
  });

  test("never carries what only HTTP/1.1 may say", async () => {
    const at = await serverOf(() =>
      Promise.resolve({ status: 200, headers: { connection: "close", "transfer-encoding": "chunked" }, body: "ok" }),
    );
    expect(await overHttp2(`http://127.0.0.1:${at}`, {})).toBe("ok");
  });
});

describe("TLS", () => {
  const asked = (path: string, options: object): Promise<string> =>
    new Promise((resolve, reject) => {
      const call = requestHttps({ host: "127.0.0.1", port, path, ...options }, (answer) => {
        let text = "";
        answer.on("data", (chunk) => (text += String(chunk)));
        answer.on("end", () => resolve(text));
      });
      call.on("error", reject);
      call.end();
    });

  test("is answered on the same port", async () => {
    expect(JSON.parse(await asked("/_hangar/health", { rejectUnauthorized: false }))).toMatchObject(health);
    expect(await (await fetch(`${cloud.endpoint}/_hangar/health`)).json()).toMatchObject(health);
  });

  test("marks a request as secure", async () => {
    const at = await serverOf();
    const socket = connectTls({ port: at, host: "127.0.0.1", rejectUnauthorized: false });
    const answer = await raw(at, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", socket);
    expect(bodyOf(answer)).toMatchObject({ secure: true, origin: "https://localhost" });
  });

  test("carries HTTP/2 for clients that ask for it", async () => {
    const at = await serverOf();
    const answer = await overHttp2(`https://127.0.0.1:${at}`, {}, "body");
    expect(JSON.parse(answer)).toMatchObject({ size: 4, secure: true });
  });

  test.each([
    "localhost",
    "bucket.s3.localhost",
    "x.execute-api.localhost",
    "127.0.0.1",
    "abc.localhost.localstack.cloud",
    "x.execute-api.eu-west-1.amazonaws.com",
  ])("has a certificate for %s that a client who trusts it accepts", async (name) => {
    const { authorityCertificate } = await import("./certificate.ts");
    const options = {
      ca: await authorityCertificate(),
      servername: name === "127.0.0.1" ? "" : name,
      headers: { host: name },
    };
    expect(JSON.parse(await asked("/_hangar/health", options))).toMatchObject(health);
  });

  test("is refused by a client that trusts only the usual authorities", async () => {
    await expect(asked("/_hangar/health", {})).rejects.toThrow("unable to verify the first certificate");
  });
});

test("only loopback is listened on", async () => {
  const address = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .find((each) => each.family === "IPv4" && !each.internal)?.address;
  if (address === undefined) return;
  await expect(
    new Promise((resolve, reject) => {
      const socket = connect(port, address, () => resolve("connected"));
      socket.once("error", reject);
    }),
  ).rejects.toThrow("ECONNREFUSED");
});

test("a port that is taken is an error that names it", async () => {
  await expect(startCloud({ port })).rejects.toThrow(`listen EADDRINUSE: address already in use 127.0.0.1:${port}`);
});
