// A recorded suite: a folder with what the run was, and for each test a file of JSON lines, one a call. Nothing in it is secret.

import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readableName } from "../kernel/readable-name.ts";
import type { TargetName } from "../targets/target.ts";

const HEAD = "recording.json";
const FORMAT: number = 1;

export type RecordingHead = {
  readonly format: number;
  readonly target: TargetName;
  /** Hangar's version. */
  readonly hangar: string;
  /** vitest's configuration and flags, to run the same part of the suite again. */
  readonly config: string;
  readonly flags: readonly string[];
};

export type RecordedError = {
  readonly code: string;
  readonly message: string;
  /** More members of the error, e.g. the reasons of a transaction. */
  readonly more?: unknown;
};

export type RecordedCall = {
  /** From 1, in the order in which calls were begun. */
  readonly call: number;
  /** As the fixture is called (`aws.s3`), or `http` for a request to one of the suite's own hosts. */
  readonly service: string;
  /** Of `http` the method. */
  readonly operation: string;
  readonly input: unknown;
  /** Absent when the call failed, or had not ended with its test. */
  readonly output?: unknown;
  readonly error?: RecordedError;
  /** Of HTTP. */
  readonly status?: number;
  /** Asked while waiting, and asked again later: how often is chance. */
  readonly waiting?: true;
};

export type RecordedTest = {
  /** File, suites, name. */
  readonly test: readonly string[];
  readonly outcome: "pass" | "fail" | "skip";
  readonly calls: readonly RecordedCall[];
};

export type Recording = RecordingHead & {
  /** By `nameOf` a test. */
  readonly tests: ReadonlyMap<string, RecordedTest>;
};

export function nameOf(test: readonly string[]): string {
  return test.join(" > ");
}

/** Empties the folder when it is a recording; throws an Error when it holds anything else. */
export function beginRecording(folder: string, head: Omit<RecordingHead, "format">): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    if (!existsSync(join(folder, HEAD))) throw new Error(`${folder} is not empty, and no recording.`);
    rmSync(folder, { recursive: true });
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, HEAD), `${JSON.stringify({ format: FORMAT, ...head }, null, 2)}\n`);
}

export function writeRecordedTest(folder: string, { test, outcome, calls }: RecordedTest): void {
  const lines = [{ test, outcome }, ...calls].map((line) => JSON.stringify(line));
  writeFileSync(join(folder, `${readableName(test)}.jsonl`), `${lines.join("\n")}\n`);
}

/** Throws an Error when the folder is no recording, or one of a later Hangar. */
export function readRecording(folder: string): Recording {
  const file = join(folder, HEAD);
  if (!existsSync(file)) throw new Error(`${folder} is no recording: it has no ${HEAD}.`);
  const head = JSON.parse(readFileSync(file, "utf8")) as RecordingHead;
  if (head.format !== FORMAT) throw new Error(`${file} is of format ${head.format}; this Hangar reads ${FORMAT}.`);
  const tests = globSync("*.jsonl", { cwd: folder })
    .toSorted()
    .map((each) => readTest(join(folder, each)));
  return { ...head, tests: new Map(tests.map((each) => [nameOf(each.test), each])) };
}

function readTest(file: string): RecordedTest {
  try {
    const [first = "", ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
    const head = JSON.parse(first) as Omit<RecordedTest, "calls">;
    return { ...head, calls: lines.map((line) => JSON.parse(line) as RecordedCall) };
  } catch (error) {
    throw new Error(`${file} is no recorded test.`, { cause: error });
  }
}
