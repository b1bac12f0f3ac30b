// The raw machine: node:http answering hello, echoing JSON, keeping bodies in files and giving them back.

import { createReadStream, createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

const folder = mkdtempSync(join(tmpdir(), "raw-"));

async function file(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  try {
    if (request.method !== "PUT") return await pipeline(createReadStream(path), response);
    await pipeline(request, createWriteStream(path));
    response.end();
  } catch {
    response.destroy();
  }
}

const server = createServer((request, response) => {
  if (request.url === "/hello") {
    response.end("hello");
    return;
  }
  if (request.url?.startsWith("/files/") === true) {
    void file(request, response, join(folder, request.url.slice("/files/".length).replaceAll(/[^a-z0-9]/g, "_")));
    return;
  }
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => response.end(JSON.stringify(JSON.parse(Buffer.concat(chunks).toString() || "{}"))));
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`{"port":${(server.address() as AddressInfo).port}}\n`));
process.once("SIGTERM", () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});
