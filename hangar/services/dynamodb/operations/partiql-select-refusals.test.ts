// What SELECT refuses. Answers as recorded from AWS by the suites dynamodb-conformance and floci.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { partiqlCloud, refused } from "../rules/partiql/test-cloud.ts";

let partiql: Awaited<ReturnType<typeof partiqlCloud>>;

const INVALID = "ValidationException: ";
const OVERLAP = `${INVALID}Overlapping conditions with range keys are not supported in where clause`;
const TYPE = `${INVALID}Key attribute's data type should match its data type in table's schema: Key `;
const NOT_PROJECTED = `${INVALID}One or more parameter values were invalid: `;
const values = (count: number) => Array.from({ length: count }, (_, index) => `'v${index}'`).join(",");

beforeAll(async () => {
  partiql = await partiqlCloud("partiql-select");
});
afterAll(async () => {
  expect(partiql.cloud.bugs).toEqual([]);
  await partiql.cloud.close();
});

describe("refused", () => {
  test.each([
    [`SELECT * FROM "Missing" WHERE pk = 'x'`, "ResourceNotFoundException: Requested resource not found"],
    [`SELECT * FROM Edge."no-such-index" WHERE pk = 'p'`, `${INVALID}The table does not have the specified index`],
    [`SELECT * FROM Edge WHERE pk = 1 OR pk = 'p'`, `${TYPE}pk`],
    [`SELECT * FROM Edge WHERE pk = 'p' AND sk IN ['1', 2]`, `${TYPE}sk`],
    [
      `SELECT * FROM Edge WHERE pk = true`,
      `${INVALID}Key value must be of type S, N, or B. Key name: pk, Key type: BOOL`,
    ],
    [`SELECT * FROM Edge WHERE pk IN ['p','p']`, OVERLAP],
    [`SELECT * FROM Edge WHERE pk = 'p' AND (sk > '0' OR sk < '5')`, OVERLAP],
    [`SELECT * FROM Edge WHERE pk = 'p' AND (sk = '1' OR np = 'two')`, OVERLAP],
    [`SELECT * FROM Edge WHERE pk = 'a' AND x <> '1' OR pk = 'a' AND sk = '2'`, OVERLAP],
    [
      `SELECT * FROM Edge WHERE pk IN [${values(51)}]`,
      `${INVALID}Too many decomposed read operations for a given query.`,
    ],
    [
      `SELECT * FROM Edge WHERE pk IN [${values(26)}] AND sk IN ['1', '2']`,
      `${INVALID}Too many decomposed read operations for a given query.`,
    ],
    [
      `SELECT alternate, np FROM Edge."gsi-inc"`,
      `${NOT_PROJECTED}Global secondary index gsi-inc does not project [alternate, np]`,
    ],
    [
      `SELECT pk FROM Edge."gsi-inc" WHERE gsiPk2 IN ['y', 'z'] AND np = 'np1'`,
      `${NOT_PROJECTED}Secondary index gsi-inc does not project one or more filter attributes: [np]`,
    ],
    [
      `SELECT pk FROM Edge."lsi-keys" WHERE pk = 'p' AND NOT np = 'np1'`,
      `${NOT_PROJECTED}Secondary index lsi-keys does not project one or more filter attributes: [np]`,
    ],
    [
      `SELECT pk FROM Edge."gsi-inc" WHERE gsiPk2 = 'y' AND (zz = '1' OR aa = '2' OR mm = '3')`,
      `${NOT_PROJECTED}Secondary index gsi-inc does not project one or more filter attributes: [zz, aa, mm]`,
    ],
    [
      `SELECT pk FROM Edge."gsi-inc" WHERE (gsiPk2 = 'q' AND u1 = '1') OR (gsiPk2 = 'b' AND u2 = '1')`,
      `${NOT_PROJECTED}Secondary index gsi-inc does not project one or more filter attributes: [u1]`,
    ],
    [
      `EXISTS(SELECT * FROM Edge WHERE pk = 'p' AND sk = '1' AND a = 1)`,
      `${INVALID}EXISTS can only be used in ExecuteTransaction write requests.`,
    ],
  ])("%s", async (statement, message) => {
    expect(await refused(() => partiql.send(statement))).toBe(message);
  });

  test("a consistent read of a global index", async () => {
    const run = () =>
      partiql.send(`SELECT * FROM Edge."gsi-all" WHERE gsiPk = 'x'`, undefined, { ConsistentRead: true });
    expect(await refused(run)).toBe(`${INVALID}Strongly consistent read is not supported on Global Secondary Indexes`);
  });
});
