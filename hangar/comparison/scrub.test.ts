// What a recording keeps of a call: no secret in any form or place, and the relations of all that is replaced.

import fc from "fast-check";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Recorder } from "./recorder.ts";
import { Scrubber, type Known } from "./scrub.ts";

const known: Known = {
  account: "111122223333",
  region: "eu-west-1",
  endpoints: [],
  outputs: { ApiUrl: "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod/", TableName: "Photos-Table-1X" },
  secrets: [],
};

function scrubbed(...calls: readonly unknown[]): unknown {
  return new Scrubber(known).scrub(calls);
}

test.each<[string, unknown, unknown]>([
  [
    "an id is the same placeholder everywhere",
    { UserId: "abc-1x", Text: "for abc-1x!" },
    { UserId: "<UserId:1>", Text: "for <UserId:1>!" },
  ],
  [
    "an output by its name",
    { url: "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod/albums" },
    { url: "<ApiUrl:1>/albums" },
  ],
  [
    "an ARN keeps its form",
    { Arn: "arn:aws:sqs:eu-west-1:111122223333:jobs" },
    { Arn: "arn:aws:sqs:<Region>:<AccountId:1>:jobs" },
  ],
  [
    "times",
    { At: 1_760_000_000, Ms: 1_760_000_000_123, Text: "on 2026-01-02T03:04:05Z" },
    { At: "<time>", Ms: "<time>", Text: "on <time>" },
  ],
  ["numbers that are none", { Count: 12, Size: 1024, isTrue: true }, { Count: 12, Size: 1024, isTrue: true }],
  ["JSON in a text", { Policy: '{"Id":"policy-7"}' }, { Policy: { "<json>": { Id: "<Id:1>" } } }],
  ["a digest", { ETag: '"900150983cd24fb0d6963f7d28e17f72"' }, { ETag: '"900150983cd24fb0d6963f7d28e17f72"' }],
  [
    "a secret's name says nothing",
    { PasswordLength: 8, SecretName: "key" },
    { PasswordLength: 8, SecretName: "<SecretName:1>" },
  ],
  ["a pair's name is a word", { Tags: [{ Key: "owner", Value: "me" }] }, { Tags: [{ Key: "owner", Value: "me" }] }],
  [
    "a pair whose name is a secret's",
    { Name: "DB_PASSWORD", Value: "hunter2" },
    { Name: "DB_PASSWORD", Value: "<DBPASSWORD:1>" },
  ],
  [
    "what a queue's address says",
    { u: "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs" },
    { u: "<Host>/<AccountId:1>/jobs" },
  ],
  ["the same among containers", { u: "http://172.17.0.2:4566/000000000000/jobs" }, { u: "<Host>/<AccountId:1>/jobs" }],
  ["the same elsewhere", { u: "http://localhost:4566/000000000000/jobs" }, { u: "<Host>/<AccountId:1>/jobs" }],
])("%s", (_name, call, expected) => {
  expect(scrubbed(call)).toEqual([expected]);
});

test("a secret that is known by its member is gone from earlier calls, too", () => {
  const password = "correct horse";
  const calls = scrubbed({ Message: `it is ${password}` }, { Password: password }) as object[];
  expect(calls).toEqual([{ Message: "it is <Password:1>" }, { Password: "<Password:1>" }]);
});

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const text = (from: string, length: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...Array.from(from)), { minLength: length, maxLength: length }).map((each) => each.join(""));
const base64 = (value: string): string => Buffer.from(value).toString("base64");

/** Each kind of secret, with the member, header or text that says that it is one; some need none. */
const secret = fc.oneof(
  text(`${LETTERS}!$%&+/=?"\\ äß<>`, 14).map((value) => ({ value: `s${value.trim()}e`, said: "Password" })),
  text(`${LETTERS}+/`, 40).map((value) => ({ value, said: "SecretAccessKey" })),
  text(`${LETTERS}+/`, 200).map((value) => ({ value: `${value}==`, said: "SessionToken" })),
  text(LETTERS.toUpperCase(), 16).map((rest) => ({ value: `ASIA${rest}`, said: undefined })),
  fc.tuple(text(LETTERS, 30), text(LETTERS, 43)).map(([body, signature]) => ({
    value: `eyJ${text.length}hbGciOiJ.${body}.${signature}`,
    said: undefined,
  })),
  text(`${LETTERS} `, 24).map((value) => ({ value: `v${value.trim()}v`, said: "SecretString" })),
  text("0123456789abcdef", 64).map((value) => ({ value, said: "X-Amz-Signature" })),
  text(LETTERS, 32).map((value) => ({ value, said: "x-api-key" })),
  text(LETTERS, 28).map((value) => ({ value, said: "refresh_token" })),
  fc.constant({
    value: "-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAK\n-----END RSA PRIVATE KEY-----",
    said: undefined,
  }),
  text(LETTERS, 20).map((value) => ({ value, said: "Authorization" })),
);

type Planted = { readonly value: string; readonly said: string | undefined };

/** Ways to write a secret down where its name is beside it. */
const places: readonly ((planted: Planted) => unknown)[] = [
  ({ value, said = "note" }) => ({ [said]: value }),
  ({ value, said = "note" }) => ({ deep: [{ deeper: { [said]: { S: value } } }] }),
  ({ value, said = "note" }) => JSON.stringify({ [said]: value }),
  ({ value, said = "note" }) => JSON.stringify({ body: JSON.stringify({ [said]: value }) }),
  ({ value, said = "note" }) => ({ data: base64(JSON.stringify({ [said]: value })) }),
  ({ value, said = "note" }) => ({ url: `https://x.s3.amazonaws.com/k?${said}=${encodeURIComponent(value)}&a=b` }),
  ({ value, said = "note" }) => ({ body: `a=b&${said}=${encodeURIComponent(value)}` }),
  ({ value, said = "note" }) => ({ Environment: [{ name: said, value }] }),
  ({ value, said = "note" }) => ({ Payload: Buffer.from(JSON.stringify({ [said]: value })) }),
  ({ value, said }) => (said === undefined ? { m: `got ${value}.` } : { headers: { [said.toLowerCase()]: value } }),
];
/** Ways to repeat it where nothing says what it is. */
const repeats: readonly ((value: string) => unknown)[] = [
  (value) => ({ Message: `before ${value} after` }),
  (value) => ({ Message: `before${value}after` }),
  (value) => ({ Data: base64(`ab${value}`) }),
  (value) => ({ Data: base64(`x${value}yz`), Again: base64(`abc${value}`) }),
  (value) => ({ Url: `https://h/p?q=${encodeURIComponent(value)}` }),
  (value) => ({ [`key-${value}`]: 1, [`<${value}>`]: 2 }),
  (value) => ({ Json: JSON.stringify([value, { a: JSON.stringify(value) }]) }),
  (value) => ({ Bytes: Buffer.from(`\t${value}\n`) }),
  (value) => new Error(`failed with ${value}`),
];

/** Every form in which somebody might look for it. */
function formsOf(value: string): readonly string[] {
  const plain = [value, encodeURIComponent(value), base64(value), Buffer.from(value).toString("base64url")];
  return plain.flatMap((form) => [form, JSON.stringify(form).slice(1, -1), encodeURIComponent(form)]);
}

function folderText(folder: string): string {
  return readdirSync(folder)
    .map((file) => `${file}\n${readFileSync(join(folder, file), "utf8")}`)
    .join("\n");
}

test("no planted secret is in the folder, in any form", () => {
  const plan = fc.record({
    secret,
    place: fc.constantFrom(...places),
    repeats: fc.array(fc.constantFrom(...repeats), { maxLength: 4 }),
    isFirst: fc.boolean(),
    isOutput: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(plan, { minLength: 1, maxLength: 4 }), (plans) => {
      const folder = mkdtempSync(join(tmpdir(), "hangar-scrub-"));
      const recorder = new Recorder(known);
      for (const { secret: planted, place, repeats: more, isFirst, isOutput } of plans) {
        const values = [place(planted), ...more.map((repeat) => repeat(planted.value))];
        for (const value of isFirst ? values : values.toReversed()) {
          const end = recorder.begin({ service: "s3", operation: "PutObject", input: isOutput ? {} : { value } });
          end(value instanceof Error ? { error: value } : { output: isOutput ? { value } : {} });
        }
      }
      recorder.write(folder, { test: ["file.test.ts", "name"], outcome: "pass" });
      const written = folderText(folder);
      rmSync(folder, { recursive: true });
      const left = plans.flatMap(({ secret: { value } }) => formsOf(value).filter((form) => written.includes(form)));
      expect(left).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("credentials of the run are taken out wherever they stand", () => {
  const own = { ...known, secrets: ["wJalrXUtnFEMI/K7MDENG", "hunter22"] };
  expect(new Scrubber(own).scrub([{ a: "-hunter22-", b: base64("..wJalrXUtnFEMI/K7MDENG") }])).toEqual([
    { a: "-<Secret:1>-", b: expect.stringMatching(/^\S{0,3}<Secret:2>\S{0,3}$/) },
  ]);
});
