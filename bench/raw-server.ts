// The raw machine: node:http answering hello, echoing JSON, swallowing and giving bytes.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const MB = Buffer.alloc(1024 * 1024, 7);

const server = createServer((request, response) => {
  if (request.url === "/hello") {
    response.end("hello");
    return;
  }
  if (request.url?.startsWith("/source/") === true) {
    let left = Number(request.url.slice("/source/".length));
    const more = (): void => {
      while (left > 0) {
        left -= 1;
        if (!response.write(MB)) {
          response.once("drain", more);
          return;
        }
      }
      response.end();
    };
    more();
    return;
  }
  if (request.url === "/sink") {
    request.on("data", () => undefined);
    request.on("end", () => response.end());
    return;
  }
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => response.end(JSON.stringify(JSON.parse(Buffer.concat(chunks).toString() || "{}"))));
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`{"port":${(server.address() as AddressInfo).port}}\n`));
