// What a recorded client keeps of a call whose log filter fails: nothing that the filter might have hidden.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { recordClient } from "./recorded-clients.ts";
import { Recorder } from "./recorder.ts";

type Call = (given: { readonly input: unknown }) => Promise<{ readonly output: unknown }>;
type Wrap = (next: Call, context: object) => Call;

/** As the SDK runs the one middleware, around an answer. */
function calling(recorder: Recorder, context: object, output: unknown): Call {
  let wrapped: Wrap = (next) => next;
  recordClient({ add: (wrap: Wrap) => (wrapped = wrap) }, "cognito-idp", recorder);
  return wrapped(() => Promise.resolve({ output }), { commandName: "AdminUpdateUserAttributesCommand", ...context });
}

test("a log filter that throws hides all that a model marks as sensitive", async () => {
  // The filters of older clients take a list for granted.
  const filter = ({ UserAttributes }: { readonly UserAttributes: readonly object[] }): unknown =>
    UserAttributes.map((each) => ({ ...each, Value: "***SensitiveInformation***" }));
  const recorder = new Recorder({
    account: "111122223333",
    region: "eu-west-1",
    endpoints: [],
    outputs: {},
    secrets: [],
  });
  const context = { inputFilterSensitiveLog: filter, outputFilterSensitiveLog: filter };
  const call = calling(recorder, context, { UserAttributes: { Value: "teal horse" } });
  await call({ input: { UserAttributes: { Value: "grey mare" }, Count: 3 } });
  const folder = mkdtempSync(join(tmpdir(), "hangar-recorded-"));
  recorder.write(folder, { test: ["file.test.ts", "name"], outcome: "pass" });
  const [file = ""] = readdirSync(folder);
  const [, line = ""] = readFileSync(join(folder, file), "utf8").split("\n");
  rmSync(folder, { recursive: true });
  expect(JSON.parse(line)).toMatchObject({
    input: { UserAttributes: { Value: "<Value:1>" }, Count: 3 },
    output: { UserAttributes: { Value: "<Value:2>" } },
  });
});
