// What selection expressions make of messages.

import { expect, test } from "vitest";
import { selectedKey } from "./socket-routes.ts";

test.each([
  ["$request.body.action", '{"action":"say"}', "say"],
  ["$request.body.a.b", '{"a":{"b":7}}', "7"],
  ["${request.body.service}/${request.body.action}", '{"service":"chat","action":"join"}', "chat/join"],
  ["$request.body.action", '{"other":"say"}', ""],
  ["$request.body.action", "hello", ""],
  ["$request.body.action", '{"action":{}}', ""],
])("%s of %s is %j", (expression, body, key) => expect(selectedKey(expression, body)).toBe(key));
