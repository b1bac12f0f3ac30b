// A small run of the fuzz, the same requests each time.

import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openCloud } from "../../hangar/index.ts";
import { fuzz } from "./s3-run.ts";

test("S3 answers 4,000 random requests, none with a failure of ours or a file beside its folder", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hangar-fuzz-"));
  const { cloud, close } = await openCloud({ listen: false, seed: "fuzz", directory: join(folder, "data") });
  const { answers, complaints } = await fuzz(cloud, 7, 4000);
  await close();
  expect(await readdir(folder)).toEqual(["data"]);
  await rm(folder, { recursive: true });
  expect(complaints).toEqual([]);
  expect(Object.keys(answers)).toEqual(
    expect.arrayContaining(["GET 200", "PUT 200", "DELETE 204", "HEAD 200", "PUT 400 MalformedXML"]),
  );
});
