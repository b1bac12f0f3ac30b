// A disk without room: callers are told, nothing stored is lost, nothing half stays, and with room all goes on.

import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const PROCESS = fileURLToPath(new URL("./full-disk-process.ts", import.meta.url));
const MOUNTED = 'mount -t tmpfs -o size=32m tmpfs "$1" && exec "$2" "$3" "$1" "$4"';

/** How a disk of our own is mounted: as nobody, or else as root; undefined where neither may. */
const flags = [["-Urm"], ["-m"]].find((each) => {
  try {
    execFileSync("unshare", [...each, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

let directory = "";
let elsewhere = "";
let report: Record<string, unknown> = {};
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hangar-full-"));
  elsewhere = await mkdtemp(join(tmpdir(), "hangar-full-"));
  if (flags === undefined) return;
  const words = [...flags, "sh", "-c", MOUNTED, "sh", directory, process.execPath, PROCESS, elsewhere];
  report = JSON.parse((await promisify(execFile)("unshare", words)).stdout) as typeof report;
});
afterAll(async () => {
  for (const folder of [directory, elsewhere]) await rm(folder, { recursive: true, force: true });
});

describe.skipIf(flags === undefined)("on a full disk", () => {
  const full = {
    name: "InternalError",
    status: 500,
    message: expect.stringMatching(/^The disk of .*\/data is full \(ENOSPC\)\. Make room and try again\.$/) as string,
  };

  test("a put, an overwrite, a part and copies are refused with S3's InternalError, which names the disk", () => {
    expect(report["full"]).toEqual({
      put: full,
      small: full,
      overwrite: full,
      copy: full,
      part: full,
      partCopy: full,
    });
  });

  const read = [2 * 1024 * 1024, 5 * 1024 * 1024];
  const before = { objects: ["before", "source"], parts: [], read, halves: [] };

  test("they change nothing and leave no file; what was stored can be read", () => {
    expect(report["whileFull"]).toEqual(before);
  });

  test("what is under way when the journal finds it full is kept; what comes later is told, a completion too", () => {
    expect(report["some"]).toBe(true);
    expect(report["journal"]).toEqual({ ...full, name: "InternalFailure" });
    const parameter = report["journal"];
    expect(report["refused"]).toEqual({ completion: full, removal: full, removals: full, parameter });
  });

  test("what was refused has changed nothing, and reads go on", () => {
    expect(report["whileJournalFull"]).toEqual(before);
    expect(report["memory"]).toEqual([]);
  });

  test("a kill then, and a restart without room, find exactly what was acknowledged", () => {
    expect(report["killed"]).toEqual([before, []]);
    expect(report["startedFull"]).toEqual([before, [], report["journal"]]);
  });

  test("due work waits for room, and the clock is not moved past it", () => {
    expect(report["waits"]).toEqual(["s3.lifecycle"]);
    expect(report["advance"]).toMatch(/^ENOSPC/);
    expect(report["waited"]).toEqual([]);
  });

  test("a reset that cannot be kept is refused, and the world that was goes on being kept", () => {
    expect(report["reset"]).toMatch(/^ENOSPC/);
    expect(report["restarted"]).toEqual([]);
  });

  test("with room again the same calls succeed, and nobody holds a body any more", () => {
    expect(report["completionAgain"]).toBe("done");
    const done = { put: "done", small: "done", overwrite: "done", copy: "done", part: "done", partCopy: "done" };
    expect(report["room"]).toEqual(done);
    expect(report["left"]).toEqual(["before", "put", "ready", "small"]);
    expect(report["bodies"]).toBe(4);
    expect(report["afterRestart"]).toEqual([2 * 1024 * 1024, 3 * 1024 * 1024, 5000, 4]);
  });

  test("a full disk is no bug of ours", () => {
    expect(report["bugs"]).toEqual([]);
  });
});
