// AWS::Serverless::SimpleTable: a table with one key.

import { resourceProblem } from "./problems.ts";
import type { Fields } from "./python-order.ts";
import { readResource, Resource, tagList } from "./resource.ts";
import { expectPresent } from "./shape.ts";
import { fieldsAt, filled, textOf } from "./values.ts";

const TYPES: Readonly<Record<string, string>> = { String: "S", Number: "N", Binary: "B" };

export function expandSimpleTable(logicalId: string, given: Fields): Resource[] {
  const read = readResource(logicalId, given, "AWS::Serverless::SimpleTable", {
    PointInTimeRecoverySpecification: "any",
    PrimaryKey: "map<string>",
    ProvisionedThroughput: "map<integer|map>",
    TableName: "string|map",
    Tags: "map",
    SSESpecification: "map",
  });
  const { properties } = read;
  const key = keyOf(logicalId, properties);
  const says = (name: string): Fields => (filled(properties[name]) ? { [name]: properties[name] } : {});
  const throughput = says("ProvisionedThroughput");
  return [
    new Resource(
      "AWS::DynamoDB::Table",
      logicalId,
      {
        AttributeDefinitions: [key],
        KeySchema: [{ AttributeName: key["AttributeName"], KeyType: "HASH" }],
        ...says("PointInTimeRecoverySpecification"),
        ...(filled(throughput) ? throughput : { BillingMode: "PAY_PER_REQUEST" }),
        ...says("SSESpecification"),
        ...says("TableName"),
        Tags: filled(properties["Tags"]) ? tagList(properties["Tags"]) : undefined,
      },
      { dependsOn: read.dependsOn, attributes: read.attributes },
    ),
  ];
}

function keyOf(logicalId: string, properties: Fields): Fields {
  const given = fieldsAt(properties, "PrimaryKey");
  if (given === undefined || !filled(given)) return { AttributeName: "id", AttributeType: "S" };
  const owner = { resource: logicalId };
  const name = expectPresent(given, "Name", owner, "PrimaryKey.Name");
  const type = textOf(expectPresent(given, "Type", owner, "PrimaryKey.Type")) ?? "";
  const known = TYPES[type];
  if (known === undefined) throw resourceProblem(logicalId, `Invalid 'Type' "${type}".`);
  return { AttributeName: name, AttributeType: known };
}
