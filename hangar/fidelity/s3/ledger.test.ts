// Every recording is in the ledger once: verified by a test that is there, different here for a reason, or not driven yet.

import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { ledger, recordingsOf } from "./session.ts";

const here = new URL(".", import.meta.url);

test("every recording is in the ledger once", () => {
  const files = readdirSync(new URL("recordings/", here)).map((name) => name.replace(".json", ""));
  const all = files.flatMap((file) => Object.keys(recordingsOf(file)).map((name) => `${file} ${name}`));
  const { verified, "emulator-differs": differs, "not-yet": notYet } = ledger();
  const listed = [...Object.values(verified).flat(), ...Object.keys(differs), ...Object.keys(notYet)];
  expect(listed.toSorted()).toEqual(all.toSorted());
});

test("what is verified has its test file", () => {
  const missing = Object.keys(ledger().verified).filter((topic) => !existsSync(new URL(`${topic}.test.ts`, here)));
  expect(missing).toEqual([]);
});
