// IAM for PartiQL: its actions, and conditions on what a statement reads and writes. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html

import {
  BatchExecuteStatementCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  ExecuteTransactionCommand,
} from "@aws-sdk/client-dynamodb";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { partiqlCloud, refused } from "./test-cloud.ts";

let partiql: Awaited<ReturnType<typeof partiqlCloud>>;
const arn = "arn:aws:dynamodb:us-east-1:000000000000:table/Edge";
const ALL = ["PartiQLSelect", "PartiQLInsert", "PartiQLUpdate", "PartiQLDelete"].map((name) => `dynamodb:${name}`);

beforeAll(async () => {
  partiql = await partiqlCloud("partiql-access");
});
afterAll(async () => {
  expect(partiql.cloud.bugs).toEqual([]);
  await partiql.cloud.close();
});

async function user(UserName: string, ...statements: readonly object[]) {
  const iam = new IAMClient(partiql.cloud.clientConfig());
  await iam.send(new CreateUserCommand({ UserName }));
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((each) => ({ Effect: "Allow", Resource: arn, Action: ALL, ...each })),
  });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const client = new DynamoDBClient({
    ...partiql.cloud.clientConfig(),
    credentials: { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" },
  });
  const answer = async (run: () => Promise<unknown>) => {
    const text = await refused(run);
    return text.startsWith("AccessDenied") ? "denied" : text;
  };
  return {
    message: (Statement: string) => refused(() => client.send(new ExecuteStatementCommand({ Statement }))),
    run: (Statement: string) => answer(() => client.send(new ExecuteStatementCommand({ Statement }))),
    transact: (...statements: readonly string[]) =>
      answer(() =>
        client.send(
          new ExecuteTransactionCommand({ TransactStatements: statements.map((Statement) => ({ Statement })) }),
        ),
      ),
    batch: (...statements: readonly string[]) =>
      answer(() =>
        client.send(new BatchExecuteStatementCommand({ Statements: statements.map((Statement) => ({ Statement })) })),
      ),
  };
}

test("each statement needs its own action, on the table or the index it names", async () => {
  const { message, run, batch } = await user("reader", { Action: "dynamodb:PartiQLSelect" });
  expect(await run(`SELECT * FROM Edge WHERE pk = 'a'`)).toBe("accepted");
  expect(await message(`INSERT INTO Edge VALUE {'pk': 'a', 'sk': '1'}`)).toBe(
    `AccessDeniedException: User: arn:aws:iam::000000000000:user/reader is not authorized to perform: dynamodb:PartiQLInsert on resource: ${arn} because no identity-based policy allows the dynamodb:PartiQLInsert action`,
  );
  expect(await run(`UPDATE Edge SET a = 1 WHERE pk = 'a' AND sk = '1'`)).toBe("denied");
  expect(await run(`DELETE FROM Edge WHERE pk = 'a' AND sk = '1'`)).toBe("denied");
  expect(await message(`SELECT * FROM Edge."gsi-all" WHERE gsiPk = 'a'`)).toContain(`${arn}/index/gsi-all`);
  expect(await run(`SELECT * FROM Single WHERE pk = 'a'`)).toBe("denied");
  expect(await batch(`SELECT * FROM Edge WHERE pk = 'a' AND sk = '1'`, `SELECT * FROM Single WHERE pk = 'a'`)).toBe(
    "denied",
  );
  expect(await run("SLECT 1")).not.toBe("denied");
});

test("full table scans can be denied", async () => {
  const Resource = [arn, `${arn}/index/*`];
  const { run } = await user(
    "keyed",
    { Resource },
    { Effect: "Deny", Resource, Condition: { Bool: { "dynamodb:FullTableScan": ["true"] } } },
  );
  expect(await run(`SELECT * FROM Edge WHERE pk = 'a' OR pk = 'b'`)).toBe("accepted");
  expect(await run(`SELECT * FROM Edge WHERE pk IN ['a', 'b'] AND n > 1`)).toBe("accepted");
  expect(await run(`SELECT * FROM Edge."gsi-all" WHERE gsiPk = 'a'`)).toBe("accepted");
  expect(await run(`SELECT * FROM Edge`)).toBe("denied");
  expect(await run(`SELECT * FROM Edge WHERE pk > 'a'`)).toBe("denied");
  expect(await run(`SELECT * FROM Edge WHERE pk = 'a' OR n = 1`)).toBe("denied");
  expect(await run(`SELECT * FROM Edge."gsi-all" WHERE pk = 'a'`)).toBe("denied");
  expect(await run(`DELETE FROM Edge WHERE pk = 'a' AND sk = '1'`)).toBe("accepted");
});

test("dynamodb:LeadingKeys keeps a user to their own partition", async () => {
  const { run, transact } = await user("ann", {
    Condition: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["ann"] } },
  });
  expect(await run(`INSERT INTO Edge VALUE {'pk': 'ann', 'sk': '1'}`)).toBe("accepted");
  expect(await run(`INSERT INTO Edge VALUE {'pk': 'bob', 'sk': '1'}`)).toBe("denied");
  expect(await run(`SELECT * FROM Edge WHERE pk = 'ann'`)).toBe("accepted");
  expect(await run(`SELECT * FROM Edge WHERE pk IN ['ann', 'bob']`)).toBe("denied");
  expect(await run(`UPDATE Edge SET n = 1 WHERE pk = 'ann' AND sk = '1'`)).toBe("accepted");
  expect(await run(`UPDATE Edge SET n = 1 WHERE sk = '1' AND pk = 'bob'`)).toBe("denied");
  expect(await run(`DELETE FROM Edge WHERE pk = 'bob' AND sk = '1'`)).toBe("denied");
  expect(await transact(`SELECT * FROM Edge WHERE pk = 'bob' AND sk = '1'`)).toBe("denied");
});

test("dynamodb:Attributes, Select and ReturnValues see what a statement names", async () => {
  const { run } = await user("columns", {
    Condition: {
      "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk", "sk", "n"] },
      StringEqualsIfExists: {
        "dynamodb:Select": "SPECIFIC_ATTRIBUTES",
        "dynamodb:ReturnValues": ["UPDATED_NEW", "UPDATED_OLD"],
      },
    },
  });
  expect(await run(`SELECT pk, n FROM Edge WHERE pk = 'a'`)).toBe("accepted");
  expect(await run(`SELECT * FROM Edge WHERE pk = 'a'`)).toBe("denied");
  expect(await run(`SELECT pk, secret.x FROM Edge WHERE pk = 'a'`)).toBe("denied");
  expect(await run(`SELECT pk FROM Edge WHERE pk = 'a' AND size(secret) > 1`)).toBe("denied");
  expect(await run(`INSERT INTO Edge VALUE {'pk': 'a', 'sk': '1', 'n': 1}`)).toBe("accepted");
  expect(await run(`INSERT INTO Edge VALUE {'pk': 'b', 'sk': '1', 'secret': 1}`)).toBe("denied");
  expect(await run(`UPDATE Edge SET n = n + 1 WHERE pk = 'a' AND sk = '1' RETURNING MODIFIED NEW *`)).toBe("accepted");
  expect(await run(`UPDATE Edge SET n = n + 1 WHERE pk = 'a' AND sk = '1' RETURNING ALL NEW *`)).toBe("denied");
  expect(await run(`UPDATE Edge SET n = if_not_exists(secret, 1) WHERE pk = 'a' AND sk = '1'`)).toBe("denied");
});

test("dynamodb:EnclosingOperation tells transactions from statements by themselves", async () => {
  const { run, transact, batch } = await user("whole", {
    Condition: { StringEquals: { "dynamodb:EnclosingOperation": ["ExecuteTransaction"] } },
  });
  const statement = `UPDATE Edge SET n = 1 WHERE pk = 'e' AND sk = '1'`;
  expect(await transact(`INSERT INTO Edge VALUE {'pk': 'e', 'sk': '1'}`)).toBe("accepted");
  expect(await transact(statement, `EXISTS(SELECT * FROM Edge WHERE pk = 'e' AND sk = '2' AND n IS MISSING)`)).toBe(
    "accepted",
  );
  expect(await run(statement)).toBe("denied");
  expect(await batch(statement)).toBe("denied");
});
