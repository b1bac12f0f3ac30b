// Requests whose bodies are long, or wait to be asked for, on a connection that stays open.

import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Incoming, Outgoing } from "./exchange.ts";
import { listen, type Listening } from "./server.ts";

let server: Listening;
const failures: unknown[] = [];
beforeAll(async () => {
  server = await listen(answerTo, { port: 0 });
});
afterAll(() => server.close());

async function answerTo({ path, body }: Incoming): Promise<Outgoing> {
  if (path === "/refused") return { status: 403, headers: {}, body: "refused" };
  let size = 0;
  try {
    for await (const chunk of body) size += chunk.length;
  } catch (error) {
    failures.push(error);
  }
  return { status: 200, headers: {}, body: `${path} ${size} bytes` };
}

const LONG = 3 * 1024 * 1024;
const put = (path: string, length: number, more = ""): string =>
  `PUT ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n${more}\r\n`;
const EXPECT = "Expect: 100-continue\r\n";

/** Sends, one after another, what each answer so far calls for; answers all that came when the last did or the server ended. */
function exchange(steps: readonly (readonly [after: RegExp, send: string | Buffer])[], until: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, "127.0.0.1");
    let came = "";
    let step = 0;
    const go = (): void => {
      for (let next = steps[step]; next?.[0].test(came) === true; next = steps[step]) {
        socket.write(next[1]);
        step += 1;
      }
      if (until.test(came)) socket.destroy();
    };
    socket.once("connect", go);
    socket.on("data", (chunk: Buffer) => {
      came += chunk.toString("latin1");
      go();
    });
    socket.once("error", reject);
    socket.once("close", () => resolve(came));
  });
}
const statusLines = (answer: string): readonly string[] => answer.match(/HTTP\/1\.1 .*/g) ?? [];

test("a long body is read as it comes, and the request behind it is answered next", async () => {
  const sent = Buffer.concat([
    Buffer.from(put("/long", LONG)),
    Buffer.alloc(LONG),
    Buffer.from(put("/next", 2)),
    Buffer.from("ab"),
  ]);
  const answer = await exchange([[/^/, sent]], /\/next 2 bytes/);
  expect(answer).toContain(`/long ${LONG} bytes`);
  expect(statusLines(answer)).toEqual(["HTTP/1.1 200 OK", "HTTP/1.1 200 OK"]);
});

test("a long body that is refused unread does not stand in the next one's way", async () => {
  const sent = Buffer.concat([
    Buffer.from(put("/refused", LONG)),
    Buffer.alloc(LONG),
    Buffer.from(put("/next", 2)),
    Buffer.from("ab"),
  ]);
  const answer = await exchange([[/^/, sent]], /\/next 2 bytes/);
  expect(statusLines(answer)).toEqual(["HTTP/1.1 403 Forbidden", "HTTP/1.1 200 OK"]);
  expect(answer).not.toContain("Connection: close");
});

test("a body that waits is asked for when it is wanted", async () => {
  const answer = await exchange(
    [
      [/^/, put("/asked", 5, EXPECT)],
      [/100 Continue\r\n\r\n$/, "hello"],
      [/\/asked 5 bytes/, put("/next", 2) + "ab"],
    ],
    /\/next 2 bytes/,
  );
  expect(statusLines(answer)).toEqual(["HTTP/1.1 100 Continue", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK"]);
});

test("a refusal that asks for no body ends the connection: nobody knows whether one follows", async () => {
  const answer = await exchange([[/^/, put("/refused", 5, EXPECT)]], /never/);
  expect(statusLines(answer)).toEqual(["HTTP/1.1 403 Forbidden"]);
  expect(answer).toContain("Connection: close\r\n");
  expect(answer.endsWith("refused")).toBe(true);
});

test("a sender that goes away is no failure of ours", async () => {
  const socket = connect(server.port, "127.0.0.1");
  socket.write(put("/broken", LONG));
  socket.end("few");
  await new Promise((resolve) => socket.once("close", resolve));
  expect(failures).toMatchObject([{ code: "IncompleteBody" }]);
});
