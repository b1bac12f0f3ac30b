// Takes recordings of LocalStack's test suite into a service's folder: `node tools/fidelity/take-recordings.ts sqs test_sqs.snapshot.json …`; what is new is not-yet in its ledger.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

type Snapshot = Readonly<
  Record<string, { readonly "recorded-date": string; readonly "recorded-content": Readonly<Record<string, unknown>> }>
>;
type Ledger = Record<"emulator-differs" | "not-yet", Record<string, string>> & { verified: Record<string, string[]> };

const [service = "", ...files] = process.argv.slice(2);
const folder = fileURLToPath(new URL(`../../hangar/fidelity/${service}/`, import.meta.url));

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8")) as T;
}

/** `ResponseMetadata` that was recorded without headers is its status alone. */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compact);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).flatMap(([name, member]): [string, unknown][] =>
    name === "ResponseMetadata" && isBare(member) ? Object.entries(bare(member)) : [[name, compact(member)]],
  );
  return Object.fromEntries(members);
}

function isBare(metadata: unknown): metadata is { readonly HTTPHeaders: object } {
  const { HTTPHeaders } = (metadata ?? {}) as { readonly HTTPHeaders?: object };
  return HTTPHeaders !== undefined && Object.keys(HTTPHeaders).length === 0;
}

function bare({ HTTPHeaders: _none, ...others }: { readonly HTTPHeaders: object }): object {
  return others;
}

const path = `${folder}ledger.json`;
const ledger: Ledger = existsSync(path) ? readJson(path) : { verified: {}, "emulator-differs": {}, "not-yet": {} };
const listed = new Set([
  ...Object.values(ledger.verified).flat(),
  ...Object.keys(ledger["emulator-differs"]),
  ...Object.keys(ledger["not-yet"]),
]);
mkdirSync(`${folder}recordings`, { recursive: true });
for (const file of files) {
  const name = basename(file, ".snapshot.json").replace("test_", "").replaceAll("_", "-");
  const lines = Object.entries(readJson<Snapshot>(file)).map(([test, recording]) => {
    const [, ...words] = test.split("::");
    const key = words.join("::");
    if (!listed.has(`${name} ${key}`)) ledger["not-yet"][`${name} ${key}`] = "not driven";
    const { "recorded-date": date, "recorded-content": content } = recording;
    const value = { recorded: date.split(",")[0], answers: compact(content) };
    return `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  });
  writeFileSync(`${folder}recordings/${name}.json`, `{\n${lines.join(",\n")}\n}\n`);
}
writeFileSync(path, `${JSON.stringify(ledger, null, 2)}\n`);
