// A peer beside us: s3rver, an S3 in Node that keeps objects in files and computes an MD5 of each.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";

const directory = mkdtempSync(join(tmpdir(), "s3rver-"));
const server = new S3rver({ address: "127.0.0.1", port: 0, directory, silent: true });
const { port } = await server.run();
process.stdout.write(`{"port":${port}}\n`);
process.once("SIGTERM", () => {
  rmSync(directory, { recursive: true, force: true });
  process.exit(0);
});
