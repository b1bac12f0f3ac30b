// The first bytes of a connection, however few of them come at a time.

import { expect, test } from "vitest";
import { speechOf } from "./first-bytes.ts";

test.each([
  ["GET / HTTP/1.1\r\n", "http1"],
  ["G", "http1"],
  ["P", undefined],
  ["PR", undefined],
  ["PO", "http1"],
  ["PU", "http1"],
  ["PATCH / HTTP/1.1", "http1"],
  ["PROPFIND / HTTP/1.1", "http1"],
  ["PRI", undefined],
  ["PRI ", "http2"],
  ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "http2"],
  ["PRICE / HTTP/1.1\r\n", "http1"],
  ["\u0016\u0003\u0001", "tls"],
  ["", undefined],
])("%j is %s", (text, speech) => {
  expect(speechOf(Buffer.from(text, "latin1"))).toBe(speech);
});
