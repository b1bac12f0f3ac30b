// Imports: a CSV catalogue goes up, JSON lines come back.
import type { TestCloud } from "hangar/vitest";
import type { Account } from "./account.ts";
import { put } from "./library.ts";
import type { Upload } from "./library.ts";
import { expect, test } from "./test.ts";

type Import = {
  readonly id: string;
  readonly status: string;
  readonly rows?: number;
  readonly reason?: string;
  readonly linesUrl?: string;
};

async function convert(cloud: TestCloud, who: Account, csv: string | Uint8Array): Promise<Import> {
  const request = { fileName: "catalogue.csv" };
  const { body } = await who.call<{ import: Import; upload: Upload }>("POST", "imports", request);
  await put(body.upload, Buffer.from(csv));
  const until = async () => {
    const now = (await who.call<Import>("GET", `imports/${body.import.id}`)).body;
    expect(now.status).not.toBe("waiting");
    return now;
  };
  return cloud.settle({ until });
}

test("a CSV catalogue becomes JSON lines", async ({ cloud, ada }) => {
  const done = await convert(cloud, ada, '\ufefffile,note\r\nsea.jpg,"blue, and ""wide"""\r\nÉté.png,two\r\n');
  expect(done).toMatchObject({ status: "converted", rows: 2 });
  const lines = await fetch(done.linesUrl ?? "");
  expect(lines.headers.get("content-type")).toBe("application/x-ndjson");
  expect(
    (await lines.text())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    { file: "sea.jpg", note: 'blue, and "wide"' },
    { file: "Été.png", note: "two" },
  ]);
});

test.for([
  ["a row is too short", "a,b\n1,2\n3\n", "Line 3 has 1 values for 2 columns"],
  ["two columns have one name", "a,a\n1,2\n", "Two columns have the same name"],
  ["it is not text", Uint8Array.of(0xff, 0xd8, 0xff), "The file is not UTF-8 text"],
] as const)("a catalogue fails when %s, and says so", async ([, csv, reason], { cloud, ada }) => {
  expect(await convert(cloud, ada, csv)).toMatchObject({ status: "failed", reason });
});

test("only CSV files are taken, and only one's own imports are shown", async ({ ada }) => {
  expect((await ada.call("POST", "imports", { fileName: "catalogue.xlsx" })).status).toBe(400);
  expect((await ada.call("GET", "imports/another")).status).toBe(404);
});
