// What texts are as templates: YAML's short forms are the long ones, and what is neither YAML nor JSON is refused.

import { expect, test } from "vitest";
import { parseTemplateText } from "./template.ts";

test.each<[string, unknown]>([
  ["A: !Ref B", { A: { Ref: "B" } }],
  ["A: !GetAtt B.Arn", { A: { "Fn::GetAtt": ["B", "Arn"] } }],
  ["A: !GetAtt B.Outputs.C", { A: { "Fn::GetAtt": ["B", "Outputs.C"] } }],
  ["A: !GetAtt [B, Arn]", { A: { "Fn::GetAtt": ["B", "Arn"] } }],
  ["A: !Sub ${B}-x", { A: { "Fn::Sub": "${B}-x" } }],
  ['A: !Sub ["${B}", {B: !Ref C}]', { A: { "Fn::Sub": ["${B}", { B: { Ref: "C" } }] } }],
  ["A: !Join ['-', [a, !Ref B]]", { A: { "Fn::Join": ["-", ["a", { Ref: "B" }]] } }],
  ["A: !If [C, !Ref B, !Ref AWS::NoValue]", { A: { "Fn::If": ["C", { Ref: "B" }, { Ref: "AWS::NoValue" }] } }],
  ["A: !Select [0, !GetAZs '']", { A: { "Fn::Select": [0, { "Fn::GetAZs": "" }] } }],
  ["A: !Not [!Condition B]", { A: { "Fn::Not": [{ Condition: "B" }] } }],
  ["A: !Equals [!Ref B, yes]", { A: { "Fn::Equals": [{ Ref: "B" }, "yes"] } }],
  ["A: !ImportValue\n  Fn::Sub: ${B}-c", { A: { "Fn::ImportValue": { "Fn::Sub": "${B}-c" } } }],
  ["A: !Base64 |\n  one\n  two\n", { A: { "Fn::Base64": "one\ntwo\n" } }],
  ["A: !FindInMap [M, !Ref B, c]", { A: { "Fn::FindInMap": ["M", { Ref: "B" }, "c"] } }],
  ["A: 2010-09-09\nB: '0123'\nC: 1.50\nD: true", { A: "2010-09-09", B: "0123", C: 1.5, D: true }],
  ["A: &x {b: 1}\nC: *x", { A: { b: 1 }, C: { b: 1 } }],
  ['{"A": {"Ref": "B"}}', { A: { Ref: "B" } }],
])("%j", (text, expected) => {
  expect(parseTemplateText(text)).toEqual(expected);
});

test.each([
  ["{", "Template format error: JSON not well-formed. (line 1, column 2)"],
  ["A: [", /^Template format error: YAML not well-formed\. \(line \d+, column \d+\)$/],
  ["just words", "Template format error: unsupported structure."],
])("%j is refused", (text, message) => {
  expect(() => parseTemplateText(text)).toThrow(message);
});
