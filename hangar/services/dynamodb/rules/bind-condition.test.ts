// Conditions: what they say of items, against a naive model, and how AWS refuses them.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Item } from "./attribute-value.ts";
import { bindCondition } from "./bind-condition.ts";
import { Bindings } from "./bindings.ts";
import { meets } from "./bound-condition.ts";
import { conditionTree } from "./expressions.ts";

const label = "ConditionExpression";
const values: Item = {
  ":n": { N: "2" },
  ":m": { N: "3" },
  ":s": { S: "ab" },
  ":t": { S: "N" },
  ":b": { BOOL: true },
  ":x": { S: "X" },
  ":l": { L: [] },
};
const item: Item = {
  n: { N: "2" },
  s: { S: "abc" },
  set: { SS: ["ab", "c"] },
  list: { L: [{ N: "2" }, { M: { deep: { S: "ab" } } }] },
  flag: { BOOL: true },
  none: { NULL: true },
  bytes: { B: new Uint8Array([1, 2]) },
};

function holds(text: string, of: Item = item): boolean {
  const used = Object.fromEntries(Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(text)));
  const bindings = new Bindings(
    { "#list": "list", "#set": "set", "#none": "none" },
    Object.keys(used).length === 0 ? undefined : used,
  );
  return meets(of, bindCondition(conditionTree(text, label), label, bindings).condition);
}

describe("what a condition says", () => {
  test.each<[string, boolean]>([
    ["n = :n", true],
    ["n <> :s", true],
    ["missing_one <> :n", true],
    ["missing_one = :n", false],
    ["NOT missing_one = :n", true],
    ["n < :s", false],
    ["n BETWEEN :n AND :m", true],
    ["n IN (:m, :n)", true],
    ["begins_with(s, :s)", true],
    ["contains(s, :s) AND contains(#set, :s) AND contains(#list, :n)", true],
    ["contains(#set, :n)", false],
    ["#list[1].deep = :s", true],
    ["#list[9] = :s", false],
    ["size(s) = :m AND size(bytes) = :n AND size(#set) = :n", true],
    ["size(n) = :n", false],
    ["attribute_type(n, :t)", true],
    ["attribute_exists(#list[1].deep) AND attribute_not_exists(#list[2])", true],
    ["n = :m OR n = :n AND s = :s", false],
    ["(n = :m OR n = :n) AND flag = :b", true],
    ["not n = :n or N = :n", false],
  ])("%s is %s", (text, expected) => {
    expect(holds(text)).toBe(expected);
  });

  test("AND, OR and NOT mean what they mean", () => {
    type Tree = { readonly text: string; readonly truth: (a: boolean, b: boolean) => boolean };
    const { tree } = fc.letrec<{ tree: Tree; leaf: Tree }>((tie) => ({
      leaf: fc.constantFrom<Tree[]>(
        { text: "attribute_exists(a)", truth: (a) => a },
        { text: "attribute_exists(b)", truth: (_a, b) => b },
      ),
      tree: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        tie("leaf"),
        fc.tuple(tie("tree"), fc.constantFrom("AND", "OR"), tie("tree")).map(([left, word, right]) => ({
          text: `(${left.text}) ${word} NOT (${right.text})`,
          truth: (a: boolean, b: boolean) =>
            word === "AND" ? left.truth(a, b) && !right.truth(a, b) : left.truth(a, b) || !right.truth(a, b),
        })),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.boolean(), fc.boolean(), ({ text, truth }, a, b) => {
        const of: Item = { ...(a && { a: { S: "" } }), ...(b && { b: { S: "" } }) };
        expect(holds(text, of)).toBe(truth(a, b));
      }),
      { numRuns: 100 },
    );
  });
});

describe("what is refused", () => {
  test.each<[string, string]>([
    ["foo", 'Syntax error; token: "<EOF>", near: "foo"'],
    ["a-b", 'Syntax error; token: "-", near: "a-b"'],
    ["a+:n<b", 'Syntax error; token: "+", near: "a+:n"'],
    ["", "The expression can not be empty;"],
    ["((n = :n))", "The expression has redundant parentheses;"],
    ["(".repeat(4096), 'Syntax error; token: "<EOF>", near: "("'],
    [`${"(".repeat(2000)}n = :n${")".repeat(2000)}`, "The expression has redundant parentheses;"],
    [
      `a < b ${"OR (a < b ".repeat(370)}${")".repeat(370)}`,
      "The expression contains too many operators; operator count: 301",
    ],
    [
      `a < b ${"OR (a < b ".repeat(335)}${")".repeat(335)}`,
      "The expression contains too many operators; operator count: 301",
    ],
    [`${"NOT ".repeat(1000)}a < b`, "The expression contains too many operators; operator count: 301"],
    [`a < ${"f(".repeat(1355)}b${")".repeat(1355)}`, "Invalid function name; function: f"],
    [
      "size(size(n)) = :n",
      "Incorrect operand type for operator or function; operator or function: size, operand type: N",
    ],
    ["if_not_exists(n, :n) = :n", "The function is not allowed in a condition expression; function: if_not_exists"],
    ["n[2147483648] = :n", "List index is not within the allowable range; index: [2147483648]"],
    [`n${".a".repeat(32)} = :n`, "The document path has too many nesting levels; nesting levels: 33"],
    [
      "n = :nope AND begins_with(n, :n)",
      "An expression attribute value used in expression is not defined; attribute value: :nope",
    ],
    [
      "begins_with(n, :n) AND n = :nope",
      "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N",
    ],
    ["n < :b", "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL"],
    [
      "attribute_type(n, s)",
      "Incorrect operand type for operator or function; operator or function: attribute_type, operand type: {SS,M,DECIMAL,DOUBLESET,HDS,N,B,DICT,INTSET,BOOL,HD,BS,INT,DECIMALSET,NULL,FLOAT,FS,S,L,NS,DOUBLE}",
    ],
    [
      "n IN (:n, n)",
      "The first operand must be distinct from the remaining operands for this operator or function; operator: IN, first operand: [n]",
    ],
    ["((n)) = :n", "The expression has redundant parentheses;"],
    ["((n = :n)) AND", "The expression has redundant parentheses;"],
    ["status = :n", "Attribute name is a reserved keyword; reserved keyword: status"],
    ["#nope = :n", "An expression attribute name used in the document path is not defined; attribute name: #nope"],
    ["n = :nope", "An expression attribute value used in expression is not defined; attribute value: :nope"],
    ["nope(n)", "Invalid function name; function: nope"],
    ["size(n)", "The function is not allowed to be used this way in an expression; function: size"],
    [
      "contains(n, attribute_exists(n))",
      "The function is not allowed to be used this way in an expression; function: attribute_exists",
    ],
    ["attribute_exists(:n)", "Operator or function requires a document path; operator or function: attribute_exists"],
    [
      "begins_with(n)",
      "Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1",
    ],
    [
      "begins_with(n, :n)",
      "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N",
    ],
    [
      "attribute_type(n, :x)",
      "Invalid attribute type name found; type: X, valid types: {N,BS,L,B,NULL,M,S,SS,NS,BOOL}",
    ],
    [
      "n = n",
      "The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [n]",
    ],
    [
      "n BETWEEN :m AND :n",
      "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:3}, upper bound operand: AttributeValue: {N:2}",
    ],
    [
      "n BETWEEN :n AND :s",
      "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {S:ab}",
    ],
    [
      `n IN (${Array.from({ length: 101 }, () => ":n").join(", ")})`,
      "The IN operator is provided with too many operands; number of operands: 101",
    ],
    [`s = :s${" ".repeat(4096)}`, "Expression size has exceeded the maximum allowed size; expression size: 4102"],
  ])("%s", (text, message) => {
    expect(() => holds(text)).toThrow(`Invalid ConditionExpression: ${message}`);
  });
});
