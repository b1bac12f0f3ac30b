// Metadata of all kinds of letters, and headers whole, as they were recorded from AWS (see ../NOTICE).

import { headersAre } from "./requests.ts";
import { presigned } from "./presigned.ts";
import { recorded, type Driver } from "./session.ts";

const wordOf = (text: string): string => `=?UTF-8?B?${Buffer.from(text, "utf8").toString("base64")}?=`;

const contentLength =
  (virtual: boolean): Driver =>
  async (s) => {
    await s.do("PutObject", { Key: "temp.txt", Body: "123" });
    const answer = await s.send(presigned(s, "s3v4", { key: "temp.txt", virtual }), { method: "GET" });
    headersAre(s, "get-obj-content-len-headers", answer.headers);
  };

recorded(import.meta.url, "general", {
  "TestS3::test_get_object_content_length_with_virtual_host[False]": contentLength(false),
  "TestS3::test_get_object_content_length_with_virtual_host[True]": contentLength(true),
  async "TestS3::test_system_metadata_with_unicode"(s) {
    const read = (text: string): string => Buffer.from(text, "utf8").toString("latin1");
    const headers = {
      CacheControl: read("ÄMÄZÕÑ S3"),
      ContentDisposition: read('attachment; filename="test_—_file%E2%80%94_é_2.pdf"'),
      ContentLanguage: "de",
    };
    await s.is("put-object", "PutObject", { Key: "test", ...headers });
    await s.is("get-object", "GetObject", { Key: "test" });
  },
  async "TestS3::test_user_metadata_rfc2047_encoded"(s) {
    const Metadata = {
      "asciib64-encoded": wordOf("abc"),
      "fake-encoded": "=?UTF-8?Q?actually-ascii?=",
      "non-ascii": wordOf("test_—_file%E2%80%94_é_2?.pdf"),
      "non-ascii-2": wordOf("ÄMÄZÕÑ S3"),
      "non-ascii-binary": wordOf("\u0000\u0001\u0002\u0003"),
      "replacement-chars": wordOf("\ufffd".repeat(7)),
      "safe-chars": "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    };
    await s.is("put-object", "PutObject", { Key: "test", Metadata });
    await s.is("get-object", "GetObject", { Key: "test" });
  },
  async "TestS3::test_s3_get_object_headers"(s) {
    const at = { Key: "en-gb.wav" };
    const { ETag } = await s.do("PutObject", { ...at, Body: "something" });
    const bare = ETag.replaceAll('"', "");
    const fails = async (label: string, input: object): Promise<void> =>
      s.matches(label, (await s.ask("GetObject", { ...at, ...input }))["Error"]);
    const succeeds = async (label: string, input: object): Promise<void> =>
      s.matches(label, (await s.do("GetObject", { ...at, ...input }))["HTTPStatusCode"]);
    await fails("if_none_match_err_1", { IfNoneMatch: ETag });
    await fails("if_none_match_err_2", { IfNoneMatch: bare });
    await succeeds("if_none_match_1", { IfNoneMatch: "etag" });
    await succeeds("if_match_1", { IfMatch: ETag });
    await succeeds("if_match_2", { IfMatch: bare });
    await fails("if_match_err_1", { IfMatch: "etag" });
  },
});
