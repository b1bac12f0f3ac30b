// Dates and numbers in S3's bodies and headers, as any client may write them.

import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorOf, say, type Raw } from "../../../gateway/test-raw.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
const bucket = "/raw-values";
const key = `${bucket}/k`;

beforeAll(async () => {
  cloud = await startCloud();
  await say(cloud, { method: "PUT", path: bucket, headers: [["x-amz-bucket-object-lock-enabled", "true"]] });
  await say(cloud, { method: "PUT", path: key, body: "k" });
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

/** The code, with the message where that says more, and the argument's name. */
async function refusal(request: Raw): Promise<string> {
  const md5 = createHash("md5")
    .update(request.body ?? "")
    .digest("base64");
  const answer = await say(cloud, { ...request, headers: [...(request.headers ?? []), ["content-md5", md5]] });
  if (answer.status < 300) return String(answer.status);
  const { Code, Message, ArgumentName } = errorOf(answer);
  return Code === "InvalidArgument" ? `${ArgumentName}: ${String(Message).replaceAll("&apos;", "'")}` : String(Code);
}

const lifecycle = (action: string): Raw => ({
  method: "PUT",
  path: bucket,
  query: "lifecycle=",
  body: `<LifecycleConfiguration><Rule><Filter/><Status>Enabled</Status>${action}</Rule></LifecycleConfiguration>`,
});
const expiration = (date: string): Raw => lifecycle(`<Expiration><Date>${date}</Date></Expiration>`);

describe("a date in a body", () => {
  test.each([
    "2090-01-08T00:00:00Z",
    "2090-01-08T00:00:00.000Z",
    "2090-01-08T00:00:00",
    "2090-01-08T06:00:00+06:00",
    " 2090-01-08T00:00:00Z ",
  ])("is one of XML's schemas: %j", async (date) => {
    expect(await refusal(expiration(date))).toBe("200");
  });

  test.each([
    "20200101",
    "1577836800",
    "2090-01-08",
    "2090-02-31T00:00:00Z",
    "2090-01-08T00:00:00+34:00",
    "Sun, 08 Jan 2090 00:00:00 GMT",
    "",
  ])("is nothing else: %j", async (date) => {
    expect(await refusal(expiration(date))).toBe("MalformedXML");
  });

  test.each(["2090-01-08T12:34:56Z", "2090-01-08T00:00:00.123Z", "2090-01-08T00:00:00+02:00"])(
    "of a lifecycle rule is a midnight: %j",
    async (date) => {
      expect(await refusal(expiration(date))).toBe("Date: 'Date' must be at midnight GMT");
    },
  );

  test("until which an object is retained is one of XML's schemas", async () => {
    const retain = (date: string) =>
      refusal({
        method: "PUT",
        path: key,
        query: "retention=",
        body: `<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>${date}</RetainUntilDate></Retention>`,
      });
    expect(await retain("4070908800")).toBe("MalformedXML");
    expect(await retain("2099-01-01T00:00:00Z")).toBe("200");
  });
});

describe("a date in a header", () => {
  test.each(["4070908800", "Thu, 01 Jan 2099 00:00:00 GMT", "x", ""])("of a lock is in ISO 8601: %j", async (date) => {
    const headers = [
      ["x-amz-object-lock-mode", "GOVERNANCE"],
      ["x-amz-object-lock-retain-until-date", date],
    ] as const;
    expect(await refusal({ method: "PUT", path: key, body: "k", headers })).toBe(
      "x-amz-object-lock-retain-until-date: The retain until date must be provided in ISO 8601 format",
    );
  });

  test.each(["if-modified-since", "if-unmodified-since"])("of %s counts where it is a date", async (name) => {
    const read = async (date: string) =>
      (await say(cloud, { method: "GET", path: key, headers: [[name, date]] })).status;
    const old = name === "if-modified-since" ? 200 : 412;
    expect(await read("Sat, 01 Jan 2000 00:00:00 GMT")).toBe(old);
    expect(await read("2000-01-01T00:00:00Z")).toBe(old);
    for (const date of ["yesterday", "946684800", ""]) expect(await read(date)).toBe(200);
  });

  test.each(["0", "-1", "tomorrow", "Thu, 01 Dec 1994 16:00:00 GMT", "2099-01-01T00:00:00Z"])(
    "of Expires is kept as it came: %j",
    async (text) => {
      const path = `${bucket}/expires`;
      await say(cloud, { method: "PUT", path, body: "k", headers: [["expires", text]] });
      expect((await say(cloud, { method: "GET", path })).headers["expires"]).toBe(text);
    },
  );

  test("may be asked of an answer in any words", async () => {
    const answer = await say(cloud, { method: "GET", path: key, query: "response-expires=soon" });
    expect([answer.status, answer.headers["expires"]]).toEqual([200, "soon"]);
  });
});

describe("a number in a body", () => {
  test.each([
    ["1", "200"],
    [" 2147483647 ", "200"],
    ["0", "Days: 'Days' for Expiration action must be a positive integer"],
    ["-1", "Days: 'Days' for Expiration action must be a positive integer"],
    ["2147483648", "MalformedXML"],
    ["99999999999999999999", "MalformedXML"],
    ["1.0", "MalformedXML"],
    ["1e3", "MalformedXML"],
    ["", "MalformedXML"],
  ])("is an integer of 32 bits: %j days: %s", async (days, expected) => {
    expect(await refusal(lifecycle(`<Expiration><Days>${days}</Days></Expiration>`))).toBe(expected);
  });

  test.each([
    ["<Days>36500</Days>", "200"],
    ["<Years>100</Years>", "200"],
    ["<Days>36501</Days>", "Days: Default retention period is too large."],
    ["<Years>101</Years>", "Years: Default retention period is too large."],
    ["<Days>0</Days>", "Days: Default retention period must be a positive integer value."],
    ["<Years>-1</Years>", "Years: Default retention period must be a positive integer value."],
    ["<Days>2147483648</Days>", "MalformedXML"],
    ["<Days>1</Days><Years>1</Years>", "MalformedXML"],
    ["", "MalformedXML"],
  ])("of a default retention is at most a hundred years: %s: %s", async (period, expected) => {
    const rule = `<Rule><DefaultRetention><Mode>GOVERNANCE</Mode>${period}</DefaultRetention></Rule>`;
    const body = `<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>${rule}</ObjectLockConfiguration>`;
    expect(await refusal({ method: "PUT", path: bucket, query: "object-lock=", body })).toBe(expected);
  });

  test("may stand for more days than a calendar has", async () => {
    await say(cloud, {
      method: "PUT",
      path: `${bucket}/archived`,
      body: "k",
      headers: [["x-amz-storage-class", "GLACIER"]],
    });
    const body = "<RestoreRequest><Days>2147483647</Days></RestoreRequest>";
    expect(await refusal({ method: "POST", path: `${bucket}/archived`, query: "restore=", body })).toBe("202");
    await refusal(lifecycle("<Expiration><Days>2147483647</Days></Expiration>"));
    const put = await say(cloud, { method: "PUT", path: `${bucket}/expiring`, body: "k" });
    expect(put.headers["x-amz-expiration"]).toContain('expiry-date="Sat, 13 Sep 275760 00:00:00 GMT"');
  });
});
