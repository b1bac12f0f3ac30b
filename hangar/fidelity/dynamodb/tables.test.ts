// Tables, items, batches and transactions, as they were recorded from AWS (see ../NOTICE).

import { newTable, onKey, recorded, TableName, text } from "./session.ts";

const T = "TestDynamoDB::test_";
const ARN = `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`;

recorded(import.meta.url, "dynamodb", {
  async [`${T}return_values_in_put_item`](s) {
    await newTable(s);
    const item = (id: string, data: string): object => ({ id: text(id), data: text(data) });
    const put = (label: string, id: string, data: string, ReturnValues?: string) =>
      s.is(label, "PutItem", { TableName, Item: item(id, data), ...(ReturnValues && { ReturnValues }) });
    await put("PutFirstItem", "id1", "foobar", "ALL_OLD");
    await put("PutFirstItemOLD", "id1", "foobar", "ALL_OLD");
    await put("PutFirstItemB", "id1", "foobarB", "ALL_OLD");
    await put("PutSecondItem", "id2", "foobar");
    await put("PutSecondItemReturnNone", "id2", "foobar", "NONE");
  },
  async [`${T}empty_and_binary_values`](s) {
    await newTable(s);
    await s.is("PutFirstItem", "PutItem", { TableName, Item: { id: text("id1"), data: text("") } });
    const Item = { id: text("id2"), data: { B: Buffer.from([0x90]) } };
    await s.is("PutSecondItem", "PutItem", { TableName, Item });
  },
  async [`${T}batch_write_binary`](s) {
    await newTable(s);
    const PutRequest = { Item: { id: text("a"), data: { B: Buffer.from([0xc0, 0x80]) } } };
    await s.is("Response", "BatchWriteItem", { RequestItems: { [TableName]: [{ PutRequest }] } });
  },
  async [`${T}batch_write_items`](s) {
    await newTable(s);
    await s.do("PutItem", { TableName, Item: { id: text("Fred") } });
    const requests = [{ PutRequest: { Item: { id: text("Bob") } } }, { DeleteRequest: { Key: { id: text("Fred") } } }];
    await s.is("BatchWriteResponse", "BatchWriteItem", { RequestItems: { [TableName]: requests } });
  },
  async [`${T}batch_write_not_matching_schema`](s) {
    const range = { AttributeName: "sort", KeyType: "RANGE" };
    await newTable(s, "id", {
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }, range],
      AttributeDefinitions: ["id", "sort"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
    });
    const DeleteRequest = { Key: { id: text("hello") } };
    await s.says("ValidationException", "BatchWriteItem", { RequestItems: { [TableName]: [{ DeleteRequest }] } });
  },
  async [`${T}batch_write_not_existing_table`](s) {
    const TransactItems = [{ Put: { TableName: "non-existing-table", Item: { id: text("Fred") } } }];
    await s.is("exc-not-found-transact-write-items", "TransactWriteItems", { TransactItems });
  },
  async [`${T}dynamodb_get_batch_items`](s) {
    await newTable(s, "PK");
    const RequestItems = { [TableName]: { Keys: [{ PK: text("test-key") }] } };
    await s.is("Response", "BatchGetItem", { RequestItems });
  },
  async [`${T}dynamodb_execute_transaction`](s) {
    await newTable(s, "Username");
    const TransactStatements = ["user01", "user02"].map((name) => ({
      Statement: `INSERT INTO "${TableName}" VALUE {'Username': '${name}'}`,
    }));
    await s.is("ExecutedTransaction", "ExecuteTransaction", { TransactStatements });
    const answer = await s.ask("Scan", { TableName });
    const Items = (answer["Items"] as object[]).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    s.matches("TableScan", { ...answer, Items });
  },
  async [`${T}dynamodb_execute_statement_empy_parameter`](s) {
    await newTable(s, "Username");
    const Statement = `SELECT * FROM "${TableName}"`;
    await s.is("invalid-param-error", "ExecuteStatement", { Statement, Parameters: [] });
  },
  async [`${T}create_duplicate_table`](s) {
    await newTable(s);
    await s.says("Error", "CreateTable", onKey("id"));
  },
  async [`${T}dynamodb_pay_per_request`](s) {
    await s.says("Error", "CreateTable", onKey("id", { BillingMode: "PAY_PER_REQUEST" }));
  },
  async [`${T}transaction_write_items`](s) {
    await newTable(s);
    const items = (table: string): object[] => [
      { Put: { TableName: table, Item: { id: text("John"), age: { N: "1" } } } },
      { Put: { TableName: table, Item: { id: text("Jane"), age: { N: "2" } } } },
    ];
    await s.is("Response", "TransactWriteItems", { TransactItems: items(TableName) });
    await s.is("Response_using_table_arn", "TransactWriteItems", { TransactItems: items(ARN) });
  },
  async [`${T}transaction_write_canceled`](s) {
    await newTable(s);
    const exists = { ConditionExpression: "attribute_exists(id)", Key: { id: text("someUser") }, TableName };
    const TransactItems = [
      { ConditionCheck: exists },
      {
        Update: {
          TableName,
          Key: { id: text("other") },
          UpdateExpression: "SET age = :a",
          ExpressionAttributeValues: { ":a": { N: "3" } },
        },
      },
    ];
    await s.says("Error", "TransactWriteItems", { TransactItems });
  },
  async [`${T}transaction_write_binary_data`](s) {
    await newTable(s);
    const Item = { id: text("someUser"), binaryData: { B: Buffer.from("foobar") } };
    await s.is("WriteResponse", "TransactWriteItems", { TransactItems: [{ Put: { TableName, Item } }] });
    s.matches("GetItem", (await s.do("GetItem", { TableName, Key: { id: text("someUser") } }))["Item"]);
  },
  async [`${T}transact_get_items`](s) {
    await newTable(s);
    for (const id of ["John", "Sarah"]) await s.do("PutItem", { TableName, Item: { id: text(id) } });
    const get = (table: string, id: string): object => ({
      TransactItems: [{ Get: { TableName: table, Key: { id: text(id) } } }],
    });
    await s.is("TransactGetItems", "TransactGetItems", get(TableName, "John"));
    await s.is("TransactGetItems-with-TableArn", "TransactGetItems", get(ARN, "Sarah"));
  },
  async [`${T}dynamodb_idempotent_writing`](s) {
    await newTable(s);
    const TransactItems = [{ Put: { TableName, Item: { id: text("id1"), name: text("name1") } } }];
    const asked = { TransactItems, ClientRequestToken: "dedupe_token" };
    await s.is("Response1", "TransactWriteItems", asked);
    await s.is("Response2", "TransactWriteItems", asked);
  },
  async [`${T}return_values_on_conditions_check_failure`](s) {
    await newTable(s);
    const Key = { id: text("456") };
    await s.do("PutItem", { TableName, Item: { ...Key, price: { N: "650" }, product: text("sporting goods") } });
    await s.is("items", "DeleteItem", {
      TableName,
      Key,
      ConditionExpression: "price between :lo and :hi",
      ExpressionAttributeValues: { ":lo": { N: "500" }, ":hi": { N: "600" } },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
  },
  async [`${T}continuous_backup_update`](s) {
    await newTable(s);
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
    const update = { TableName, PointInTimeRecoverySpecification };
    await s.is("update-continuous-backup", "UpdateContinuousBackups", update);
    await s.is("describe-continuous-backup", "DescribeContinuousBackups", { TableName });
  },
  async [`${T}dynamodb_describe_contributor_insights`](s) {
    await newTable(s);
    await s.is("describe-contributor-insights-disabled", "DescribeContributorInsights", { TableName });
  },
  async [`${T}table_crud`](s) {
    await s.is("create-table", "CreateTable", onKey("id"));
    await s.cloud.clock.advance("1 minute");
    await s.is("describe-table", "DescribeTable", { TableName });
    await s.is("delete-table", "DeleteTable", { TableName });
    await s.is("delete-non-existent-table", "DeleteTable", { TableName: "non-existent" });
  },
});
