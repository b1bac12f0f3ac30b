// Requests read straight from their socket: as node:http reads and answers them, which takes over what is not plain.

import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Incoming, Outgoing } from "./exchange.ts";
import { plainHead } from "./plain-request.ts";
import { listen, type Listening } from "./server.ts";

let server: Listening;
beforeAll(async () => {
  server = await listen(answerTo, { port: 0 });
});
afterAll(() => server.close());

async function answerTo(request: Incoming): Promise<Outgoing> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request.body) chunks.push(chunk);
  const { method, host, path, query, headers, rawHeaders, origin } = request;
  const said = { method, host, path, query, headers, rawHeaders, origin, body: Buffer.concat(chunks).toString() };
  switch (path) {
    case "/utf8":
      return { status: 200, headers: {}, body: "gr\u00fc\u00df dich \u{1f30d}" };
    case "/latin":
      return { status: 200, headers: { "x-latin": "caf\u00e9" }, body: "gr\u00fc\u00df dich" };
    case "/bytes":
      return { status: 200, headers: { "Content-Length": "3" }, body: Uint8Array.of(1, 2, 3) };
    case "/nothing":
      return { status: 204, headers: {}, body: "not sent" };
    case "/wrong":
      return { status: 200, headers: { "content-length": "3" }, body: "longer" };
    case "/short":
      return {
        status: 200,
        headers: { "content-length": "9" },
        body: (async function* () {
          yield Buffer.from("short");
        })(),
      };
    case "/lines":
      return { status: 200, headers: { "x-bad": "a\r\nx-injected: b" }, body: "" };
    case "/hop":
      return { status: 200, headers: { connection: "close", date: "then", "set-cookie": ["a=1", "b=2"] }, body: "" };
    case "/stream":
      return {
        status: 200,
        headers: {},
        body: (async function* () {
          yield Buffer.from("one");
          yield Buffer.from("three");
        })(),
      };
    default:
      return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(said) };
  }
}

/** Everything that comes back until the last of `count` answers' ends, or until the connection does. */
async function exchange(text: string | readonly string[], until: RegExp): Promise<string> {
  const socket: Socket = connect(server.port, "127.0.0.1");
  socket.setNoDelay(true);
  let answer = "";
  for (const piece of typeof text === "string" ? [text] : text) {
    socket.write(piece, "latin1");
    await new Promise((resolve) => setImmediate(resolve));
  }
  for await (const chunk of socket) {
    answer += (chunk as Buffer).toString("latin1");
    if (until.test(answer)) break;
  }
  return answer;
}

const bodyOf = (answer: string): Record<string, unknown> =>
  JSON.parse(answer.slice(answer.lastIndexOf("\r\n\r\n") + 4)) as Record<string, unknown>;
const JSON_END = /\r\n\r\n\{.*\}$/;

describe("a plain request", () => {
  test("is read as node:http reads it", async () => {
    const lines = "Host: a.localhost:1\r\nX-One:  two words \t\r\nCookie: a=b; c\r\nContent-Length: 5\r\n";
    const plain = bodyOf(await exchange(`PUT /a%2Fb?c=d&e HTTP/1.1\r\n${lines}\r\nhello`, JSON_END));
    const judged = bodyOf(await exchange(`PUT /a%2Fb?c=d&e HTTP/1.1\r\n${lines}TE: x\r\n\r\nhello`, JSON_END));
    expect(judged).toMatchObject({ headers: { te: "x" }, body: "hello" });
    delete (judged["headers"] as Record<string, string>)["te"];
    (judged["rawHeaders"] as string[]).splice(-2);
    expect(plain).toEqual(judged);
  });

  test("is answered as node:http answers it", async () => {
    const sorted = (answer: string): string[] =>
      answer
        .replaceAll(/\d\d:\d\d:\d\d/g, "")
        .replace(/^content-length/gim, "content-length")
        .split("\r\n")
        .toSorted();
    for (const path of ["/utf8", "/bytes", "/nothing", "/stream"])
      for (const method of ["GET", "HEAD"]) {
        const head = `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n`;
        const [plain, judged] = await Promise.all(
          [`${head}\r\n`, `${head}TE: x\r\n\r\n`].map((text) => exchange(text + last, /"path":"\/last"/)),
        );
        expect(sorted(plain ?? ""), `${method} ${path}`).toEqual(sorted(judged ?? ""));
      }
  });
  const last = "GET /last HTTP/1.1\r\nHost: localhost\r\n\r\n";

  test("may come with others behind it: they are answered in order", async () => {
    const request = (body: string): string =>
      `POST /${body} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const answer = await exchange(request("first") + request("second") + request("third"), /"body":"third"/);
    expect([...answer.matchAll(/"body":"(\w+)"/g)].map((found) => found[1])).toEqual(["first", "second", "third"]);
  });

  test("may bring its body in pieces, the last with the next request behind it", async () => {
    const answer = await exchange(
      [
        "POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc",
        "def",
        "ghiGET /b HTTP/1.1\r\nHost: localhost\r\n\r\n",
      ],
      /"path":"\/b"/,
    );
    expect([...answer.matchAll(/"body":"(\w*)"/g)].map((found) => found[1])).toEqual(["abcdefghi", ""]);
  });

  test("and one that is not plain may follow on the same connection", async () => {
    const answer = await exchange(
      [
        "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /b HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        "GET /c HTTP/1.1\r\nHost: localhost\r\n\r\n",
      ],
      /"path":"\/c"/,
    );
    expect([...answer.matchAll(/"body":"(\w*)"/g)].map((found) => found[1])).toEqual(["", "abc", ""]);
  });
});

describe("an answer", () => {
  test("cannot carry lines of its own making", async () => {
    const answer = await exchange("GET /lines HTTP/1.1\r\nHost: localhost\r\n\r\n", /cannot be sent/);
    expect(answer).toMatch(/^HTTP\/1\.1 500 /);
    expect(answer).not.toMatch(/^x-injected/m);
  });

  test("is as long as it is, whatever its headers say: the next one begins where it ends", async () => {
    const both = "GET /wrong HTTP/1.1\r\nHost: localhost\r\n\r\nGET /last HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const answer = await exchange(both, /"path":"\/last"/);
    expect(answer.match(/^content-length: \d+/gm)?.[0]).toBe("content-length: 6");
    expect(answer).toContain("\r\n\r\nlongerHTTP/1.1 200 OK");
  });

  test("that is shorter than it says breaks the connection", async () => {
    const answer = await exchange("GET /short HTTP/1.1\r\nHost: localhost\r\n\r\n", /never/);
    expect(answer).toMatch(/content-length: 9\r\n\r\n(short)?$/);
  });

  test("has a head in Latin-1, whatever its body is in", async () => {
    const answer = await exchange("GET /latin HTTP/1.1\r\nHost: localhost\r\n\r\n", /dich/);
    expect(answer).toContain("x-latin: caf\u00e9\r\n");
    expect(Buffer.from(answer.slice(answer.indexOf("\r\n\r\n") + 4), "latin1").toString()).toBe("gr\u00fc\u00df dich");
  });

  test("does not say how the connection is kept", async () => {
    const answer = await exchange("GET /hop HTTP/1.1\r\nHost: localhost\r\n\r\n", /\r\n\r\n/);
    expect(answer).toContain("Connection: keep-alive\r\n");
    expect(answer).not.toContain("close");
    expect(answer.match(/^date: .*$/gim)).toEqual(["date: then"]);
    expect(answer.match(/^set-cookie: .*$/gim)).toEqual(["set-cookie: a=1", "set-cookie: b=2"]);
  });
});

const head = (text: string): ReturnType<typeof plainHead> => plainHead(Buffer.from(text, "latin1"));

test.each([
  ["not whole", "GET / HTTP/1.1\r\nHost: a\r\n"],
  ["of another version", "GET / HTTP/1.0\r\nHost: a\r\n\r\n"],
  ["of an unknown method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n"],
  ["of a proxy", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n"],
  ["with a space in its target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"],
  ["without a host", "GET / HTTP/1.1\r\nAccept: a\r\n\r\n"],
  ["with a header twice", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"],
  ["with a folded header", "GET / HTTP/1.1\r\nHost: a\r\n b: c\r\n\r\n"],
  ["with a space before a colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n"],
  ["with a header without a name", "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n"],
  ["with a line without a colon", "GET / HTTP/1.1\r\nHost: a\r\nb\r\n\r\n"],
  ["with a bare line feed", "GET / HTTP/1.1\r\nHost: a\nb: c\r\n\r\n"],
  ["with a bare carriage return", "GET / HTTP/1.1\r\nHost: a\rb: c\r\n\r\n"],
  ["with a NUL", "GET / HTTP/1.1\r\nHost: a\0\r\n\r\n"],
  ["with a length that is no number", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n"],
  ["that closes the connection", "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"],
  ["that changes the protocol", "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n"],
  ["in chunks", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"],
  ["that expects an answer to no body", "PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n"],
])("a request %s is left to node:http", (_what, text) => {
  expect(head(text)).toBeUndefined();
});

test("names that every object has are headers like any other", () => {
  const headers = "Host: a\r\nconstructor: b\r\ntoString: c\r\n";
  expect(head(`GET / HTTP/1.1\r\n${headers}\r\n`)?.headers).toMatchObject({ constructor: "b", tostring: "c" });
});
