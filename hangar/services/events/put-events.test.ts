// What PutEvents accepts and refuses, entry by entry.

import { EventBridgeClient, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { entry, put } from "./test-deliveries.ts";

let cloud: RunningCloud;
let events: EventBridgeClient;

beforeAll(async () => {
  cloud = await startCloud({ seed: "events.deliveries" });
  cloud.clock.hold();
  events = new EventBridgeClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

describe("PutEvents", () => {
  const failed = (ErrorCode: string, ErrorMessage: string): object => ({
    FailedEntryCount: 1,
    Entries: [{ ErrorCode, ErrorMessage }],
  });
  const required = (name: string): object =>
    failed("InvalidArgument", `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);

  test.each<[PutEventsRequestEntry, object]>([
    [{ DetailType: "d", Detail: "{}" }, required("Source")],
    [{ Source: "s", Detail: "{}" }, required("DetailType")],
    [{ Source: "s", DetailType: "d" }, required("Detail")],
    [{ Source: "s", DetailType: "d", Detail: "text" }, failed("MalformedDetail", "Detail is malformed.")],
    [{ Source: "s", DetailType: "d", Detail: "[]" }, failed("MalformedDetail", "Detail is malformed.")],
    [{ Source: "s", DetailType: "d", Detail: '"text"' }, failed("MalformedDetail", "Detail is malformed.")],
    [
      { Source: "aws.mine", DetailType: "d", Detail: "{}" },
      failed("NotAuthorizedForSourceException", "Not authorized for the source."),
    ],
  ])("%j fails alone", async (bad, answer) => {
    expect(await put(events, bad)).toMatchObject(answer);
    expect(await put(events, bad, entry("good"))).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: expect.any(String) as string }, { EventId: expect.any(String) as string }],
    });
  });

  test("is refused whole when it is too big, or has more than ten entries", async () => {
    await expect(
      put(events, { ...entry("big"), Detail: JSON.stringify({ a: "x".repeat(1_048_576) }) }),
    ).rejects.toMatchObject({
      name: "ValidationException",
      message: "Total size of the entries in the request is over the limit.",
    });
    await expect(put(events, ...Array.from({ length: 11 }, () => entry("many")))).rejects.toMatchObject({
      name: "ValidationException",
    });
  });

  test("to a bus that is not there is accepted and dropped", async () => {
    expect(await put(events, { ...entry("lost"), EventBusName: "nowhere" })).toMatchObject({ FailedEntryCount: 0 });
  });
});
