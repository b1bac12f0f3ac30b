// Every recording is in its service's ledger once: verified by a test that is there, different here for a reason, or not driven yet.

import { existsSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ledgerOf, recordingsOf } from "./recorded.ts";

const here = new URL(".", import.meta.url);
const services = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe.each(services.map(({ name }) => name))("%s", (service) => {
  const folder = new URL(`${service}/`, here);
  const { verified, "emulator-differs": differs, "not-yet": notYet } = ledgerOf(folder.href);

  test("every recording is in the ledger once", () => {
    const files = readdirSync(new URL("recordings/", folder)).map((name) => name.replace(".json", ""));
    const all = files.flatMap((file) => Object.keys(recordingsOf(folder.href, file)).map((name) => `${file} ${name}`));
    const listed = [...Object.values(verified).flat(), ...Object.keys(differs), ...Object.keys(notYet)];
    expect(listed.toSorted()).toEqual(all.toSorted());
  });

  test("what is verified has its test file", () => {
    const missing = Object.keys(verified).filter((topic) => !existsSync(new URL(`${topic}.test.ts`, folder)));
    expect(missing).toEqual([]);
  });
});
