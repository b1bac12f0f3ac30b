// Metadata as RFC 2047's words, both ways.

import { describe, expect, test } from "vitest";
import { decodedWords, encodedWords } from "./encoded-words.ts";

describe("what comes in is decoded", () => {
  test.each([
    ["plain =text?", "plain =text?"],
    ["=?UTF-8?B?YWJj?=", "abc"],
    ["=?utf-8?q?a=5Fb_c=3F?=", "a_b c?"],
    ["=?ISO-8859-1?Q?=E9?=", "é"],
    ["=?UTF-8?Q?a?= =?UTF-8?Q?b?= c", "ab c"],
    ["=?UTF-8?B?/2H/?=", "\ufffda\ufffd"],
    ["=?NOBODY-1?Q?a?=", "=?NOBODY-1?Q?a?="],
  ])("%j is %j", (text, decoded) => expect(decodedWords(text)).toBe(decoded));
});

describe("what goes out is ASCII", () => {
  test.each([
    ["!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\t", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\t"],
    ["price in €", "=?UTF-8?Q?price_in_=E2=82=AC?="],
    ["a\r\nb: c=d", "=?UTF-8?Q?a=0D=0Ab:_c=3Dd?="],
    ["\u0000\u0001\u0002\u0003", "=?UTF-8?B?AAECAw==?="],
    ["\ufffda\ufffd", "=?UTF-8?B?77+9Ye+/vQ==?="],
  ])("%j is %j", (text, encoded) => expect(encodedWords(text)).toBe(encoded));

  test("in words of 75 characters at most, which say the same together", () => {
    const text = "Kopie von Überweisungsträger für Größenänderungen – Entwurf 👑".repeat(3);
    const words = encodedWords(text);
    expect(words.split(" ").filter((word) => word.length > 75)).toEqual([]);
    expect(decodedWords(words)).toBe(text);
  });
});
