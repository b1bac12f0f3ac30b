// Which integration response is chosen, by its selection pattern.

import { expect, test } from "vitest";
import { chosenResponse } from "./response-mapping.ts";

const response = (statusCode: string, selectionPattern?: string) => ({
  statusCode,
  ...(selectionPattern === undefined ? {} : { selectionPattern }),
});
const integrationResponses = {
  "200": response("200"),
  "400": response("400", "4\\d{2}"),
  "418": response("418", ".*teapot.*"),
  "500": response("500", "(?i)bad.*"),
};

test.each([
  ["200", "200"],
  ["", "200"],
  ["404", "400"],
  ["4040", "200"],
  ["I am a teapot!", "418"],
  ["BAD thing", "500"],
  ["a teapot\non two lines", "200"],
])("%j is answered %s", (selector, statusCode) => {
  expect(chosenResponse({ integrationResponses }, selector)?.statusCode).toBe(statusCode);
});

test("an empty pattern is the default, and without a default nothing is chosen", () => {
  expect(chosenResponse({ integrationResponses: { "201": response("201", "") } }, "x")?.statusCode).toBe("201");
  expect(chosenResponse({ integrationResponses: { "201": response("201", "y") } }, "x")).toBeUndefined();
  expect(chosenResponse({}, "200")).toBeUndefined();
});
