// A bucket of very many keys over plain HTTP: put, listed and deleted as fast as a server takes it. No client of AWS's in the way.

import { createHash } from "node:crypto";
import { Agent, request } from "node:http";
import { connect } from "node:net";

const CONNECTIONS = 16;
/** Requests that one connection sends before it waits. */
const TOGETHER = 32;
const agent = new Agent({ keepAlive: true });

export const BUCKET = "keys";
/** Without folders: s3rver stumbles where the last keys of one go together. */
export const keyOf = (index: number): string => `object-${String(index).padStart(7, "0")}.json`;

/** Objects of a byte with the numbers of a range. One without a body has no length, and S3 wants to be told. */
export async function putKeys(port: number, from: number, to: number): Promise<void> {
  let next = from;
  const take = (): string[] => {
    const first = next;
    next = Math.min(to, first + TOGETHER);
    return Array.from({ length: next - first }, (_, at) => keyOf(first + at));
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, () => putOverOne(port, take)));
}

/** Pipelined: a batch goes out in one piece, the next once all of it is answered. */
function putOverOne(port: number, take: () => readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let waiting = 0;
    let rest = "";
    const send = (): void => {
      const keys = take();
      if (keys.length === 0) {
        socket.end();
        return resolve();
      }
      waiting = keys.length;
      socket.write(
        keys
          .map((key) => `PUT /${BUCKET}/${key} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 1\r\n\r\n0`)
          .join(""),
      );
    };
    socket.setEncoding("latin1").on("data", (text: string) => {
      // A head's first line may come in two pieces.
      const lines = (rest + text).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (!line.startsWith("HTTP/1.1 ")) continue;
        if (!line.startsWith("HTTP/1.1 200")) return void socket.destroy(new Error(`PUT: ${line}`));
        waiting -= 1;
      }
      if (waiting === 0) send();
    });
    socket.once("error", reject).once("connect", send);
  });
}

/** The parameter that says where a page begins. s3rver's version 2 wants a cipher that today's Node has not. */
export type Paging = "list-type=2&start-after" | "marker";

/** Up to a thousand keys after one. */
export async function pageOfKeys(port: number, paging: Paging, after = ""): Promise<readonly string[]> {
  const text = await sent(port, "GET", `/${BUCKET}?${paging}=${encodeURIComponent(after)}`);
  return Array.from(text.matchAll(/<Key>([^<]*)/g), ([, key = ""]) => key);
}

export async function deleteKeys(port: number, keys: readonly string[]): Promise<void> {
  const objects = keys.map((key) => `<Object><Key>${key}</Key></Object>`).join("");
  const answer = await sent(port, "POST", `/${BUCKET}?delete`, `<Delete><Quiet>true</Quiet>${objects}</Delete>`);
  if (answer.includes("<Error>")) throw new Error(answer);
}

/** The body of a 200. */
export function sent(port: number, method: string, path: string, body?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers =
      body === undefined
        ? {}
        : {
            "content-length": Buffer.byteLength(body),
            "content-md5": createHash("md5").update(body).digest("base64"),
          };
    const outgoing = request({ port, host: "127.0.0.1", method, path, headers, agent }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => (text += piece));
      response.once("end", () =>
        response.statusCode === 200
          ? resolve(text)
          : reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`)),
      );
    });
    outgoing.once("error", reject).end(body);
  });
}
