// JSONPath as mappings use it.

import { expect, test } from "vitest";
import { atJsonPath } from "./json-path.ts";

const DOCUMENT = { a: { b: [{ c: 1 }, { c: 2, "d e": true }] }, n: null, s: "text" };

test.each<[string, unknown]>([
  ["$", DOCUMENT],
  ["$.a.b[0].c", 1],
  ["$.a.b[-1].c", 2],
  ["$['a']['b'][1]['d e']", true],
  ['$.a.b[1]["d e"]', true],
  ["$.a.b[*].c", [1, 2]],
  ["$..c", [1, 2]],
  ["$.s", "text"],
  ["a.b[0].c", 1],
  ["$.n", null],
  ["$.nope", undefined],
  ["$.s.length", undefined],
  ["$.a.b[9]", undefined],
  ["$.constructor", undefined],
  ["$.a..nope", []],
])("%s", (path, value) => expect(atJsonPath(DOCUMENT, path)).toEqual(value));
