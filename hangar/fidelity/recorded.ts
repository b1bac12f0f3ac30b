// Makes tests of recorded ones: one each, in a fork of one cloud, held to the folder's ledger.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type ForkedCloud, type RunningCloud, type StartSettings } from "../index.ts";
import type { As, RecordedClient, Recording } from "./session.ts";
import { Session } from "./session.ts";

/** What a session must have to be held to its recording. */
type Comparing = { readonly found: readonly string[]; left(): readonly string[] };
type Drivers<S> = Readonly<Record<string, (session: S) => Promise<void>>>;

export type Room<S extends Comparing> = {
  /** Of a module in the folder that has the tests, `recordings/` and `ledger.json`. */
  readonly url: string;
  readonly session: (cloud: ForkedCloud, recording: Recording) => S;
  readonly settings?: StartSettings;
  /** What is there before each test. */
  readonly prepare?: (cloud: RunningCloud) => Promise<void>;
};

/** The tests of a service's folder: `recorded(import.meta.url, "the recordings' file", drivers)`. */
export function recorder<A extends As = As>(
  url: string,
  how: RecordedClient<A>,
  more: Omit<Room<never>, "url" | "session"> = {},
) {
  return recorderOf({ url, session: (cloud, recording) => new Session<A>(cloud, recording, how), ...more });
}

export function recorderOf<S extends Comparing>(room: Room<S>) {
  return (url: string, file: string, drivers: Drivers<S>): void => recorded(room, { url, file, drivers });
}

type Topic<S> = { readonly url: string; readonly file: string; readonly drivers: Drivers<S> };

function recorded<S extends Comparing>(room: Room<S>, { url, file, drivers }: Topic<S>): void {
  const recordings = recordingsOf(room.url, file);
  let cloud: RunningCloud;
  beforeAll(async () => {
    cloud = await startCloud({ listen: false, seed: "recorded", ...room.settings });
    await room.prepare?.(cloud);
  });
  afterAll(async () => {
    expect(cloud.bugs).toEqual([]);
    await cloud.close();
  });
  test(`the ledger has what is verified of ${file} here`, () => {
    const topic = basename(url, ".test.ts");
    const listed = ledgerOf(room.url).verified[topic]?.filter((name) => name.startsWith(`${file} `)) ?? [];
    const driven = Object.keys(drivers).map((name) => `${file} ${name}`);
    expect(driven.toSorted()).toEqual(listed.toSorted());
  });
  test.each(Object.entries(drivers))("%s", async (name, drive) => {
    const recording = recordings[name];
    if (recording === undefined) throw new Error(`${file} has no recording of ${name}.`);
    const fork = cloud.fork();
    const session = room.session(fork, recording);
    try {
      await drive(session);
      const found = [...session.found, ...session.left().map((label) => `${label}: was recorded and not compared`)];
      if (found.length > 0) throw new Error(found.join("\n"));
    } finally {
      fork.dispose();
    }
  });
}

export type Ledger = {
  /** By test file, each as its recording's file and name. */
  readonly verified: Readonly<Record<string, readonly string[]>>;
  readonly "emulator-differs": Readonly<Record<string, string>>;
  readonly "not-yet": Readonly<Record<string, string>>;
};

export function ledgerOf(url: string): Ledger {
  return JSON.parse(readFileSync(new URL("ledger.json", url), "utf8")) as Ledger;
}

export function recordingsOf(url: string, file: string): Readonly<Record<string, Recording>> {
  return JSON.parse(readFileSync(new URL(`recordings/${file}.json`, url), "utf8")) as Record<string, Recording>;
}
