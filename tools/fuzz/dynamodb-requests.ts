// Random DynamoDB requests: most nearly right, some broken in their members, some in their very bytes.

import { seeded } from "../../hangar/protocols/random-values.ts";
import { Breaker } from "./dynamodb-broken.ts";
import { partiql } from "./dynamodb-statements.ts";
import { tableSettings, type FuzzRequest } from "./dynamodb-tables.ts";
import { Parts, type Bag, type Json } from "./dynamodb-values.ts";

const ENUMS: Readonly<Record<string, readonly string[]>> = {
  ReturnConsumedCapacity: ["INDEXES", "TOTAL", "NONE", "INVALID"],
  ReturnItemCollectionMetrics: ["SIZE", "NONE", "INVALID"],
  ReturnValues: ["NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW", "INVALID"],
  ReturnValuesOnConditionCheckFailure: ["ALL_OLD", "NONE", "INVALID"],
  Select: ["ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", "SPECIFIC_ATTRIBUTES", "COUNT", "INVALID"],
  ConditionalOperator: ["AND", "OR", "XOR"],
};
const OPERATORS = [
  "EQ",
  "NE",
  "IN",
  "LE",
  "LT",
  "GE",
  "GT",
  "BETWEEN",
  "NOT_NULL",
  "NULL",
  "CONTAINS",
  "BEGINS_WITH",
  "NO",
];
type Makers = Readonly<Record<string, () => Bag>>;

export class Requests {
  readonly #parts: Parts;
  readonly #breaker: Breaker;
  readonly #makers: Makers;

  /** `only` those operations whose name it matches. */
  constructor(seed: number, only = /./) {
    this.#parts = new Parts(seeded(seed));
    this.#breaker = new Breaker(this.#parts);
    const makers = { ...this.#itemMakers(), ...this.#batchMakers(), ...this.#otherMakers() };
    this.#makers = Object.fromEntries(Object.entries(makers).filter(([name]) => only.test(name)));
  }

  next(): FuzzRequest {
    const parts = this.#parts;
    parts.wildness = parts.pick([0, 0, 0.02, 0.2]);
    const operation = parts.pick(Object.keys(this.#makers));
    let input: Json = this.#makers[operation]?.() ?? {};
    while (parts.chance(parts.wildness)) input = this.#breaker.broken(input);
    let body = JSON.stringify(input);
    if (parts.chance(0.03)) body = this.#breaker.garbled(body);
    return { operation: parts.chance(0.002) ? "NoSuchOperation" : operation, body };
  }

  #table(): string {
    const parts = this.#parts;
    return !parts.wild()
      ? parts.pick(["Hash", "Both", "Bytes"])
      : parts.pick([
          "Missing",
          "x!",
          "",
          "arn:aws:dynamodb:us-east-1:000000000000:table/Hash",
          "arn:",
          "x".repeat(256),
        ]);
  }

  /** A key that fits its table more often than not. */
  #key(table: Json): Bag {
    const parts = this.#parts;
    if (parts.wild()) return parts.item();
    const bytes = { B: Buffer.from(parts.pick(["a", "b", "c"])).toString("base64") };
    if (table === "Bytes") return { pk: bytes, sk: bytes };
    const pk = { S: parts.pick(["a", "b", "c", "d"]) };
    return table === "Both" ? { pk, sk: { N: String(parts.below(8)) } } : { pk };
  }

  #some(...names: readonly string[]): Bag {
    const parts = this.#parts;
    return Object.fromEntries(
      names
        .filter(() => parts.chance(0.2))
        .map((name) => {
          const values = ENUMS[name] ?? [];
          return [name, !parts.wild() ? values[parts.below(values.length - 1)] : values.at(-1)];
        }),
    );
  }

  #conditioned(update?: string): Bag {
    const parts = this.#parts;
    const condition = parts.chance(0.35) ? parts.condition() : undefined;
    return {
      ...(update !== undefined && { UpdateExpression: update }),
      ...(condition !== undefined && { ConditionExpression: condition }),
      ...parts.placeholders([update, condition]),
      ...(parts.chance(0.06) && { Expected: this.#legacy(true) }),
      ...(parts.chance(0.03) && this.#some("ConditionalOperator")),
    };
  }

  #legacy(expected: boolean): Bag {
    const parts = this.#parts;
    const one = (): Bag => ({
      ...(!parts.chance(0.2) && { ComparisonOperator: parts.pick(OPERATORS) }),
      ...(!parts.chance(0.3) && { AttributeValueList: parts.times(2, () => parts.value()) }),
      ...(expected && parts.chance(0.4) && { Value: parts.value() }),
      ...(expected && parts.chance(0.3) && { Exists: parts.chance(0.5) }),
    });
    return Object.fromEntries(parts.times(3, () => [parts.name(), one()]));
  }

  #put(): Bag {
    const TableName = this.#table();
    return { TableName, Item: { ...this.#parts.item(), ...this.#key(TableName) }, ...this.#conditioned() };
  }

  #keyed(update?: string): Bag {
    const TableName = this.#table();
    return { TableName, Key: this.#key(TableName), ...this.#conditioned(update) };
  }

  #updateInput(): Bag {
    const parts = this.#parts;
    if (parts.chance(0.85)) return this.#keyed(parts.update());
    const update = (): Bag => ({ Action: parts.pick(["PUT", "ADD", "DELETE", "NO"]), Value: parts.value() });
    return { ...this.#keyed(), AttributeUpdates: Object.fromEntries(parts.times(3, () => [parts.name(), update()])) };
  }

  #projected(): Bag {
    const parts = this.#parts;
    if (parts.chance(0.05)) return { AttributesToGet: parts.times(3, () => parts.name()) };
    const text = parts.chance(0.3) ? parts.projection() : undefined;
    return { ...(text !== undefined && { ProjectionExpression: text }), ...parts.placeholders([text]) };
  }

  #read(): Bag {
    const parts = this.#parts;
    const TableName = this.#table();
    return {
      TableName,
      ...(parts.wild() && { IndexName: parts.pick(["missing", "x", "", "global"]) }),
      ...(TableName === "Both" && parts.chance(0.4) && { IndexName: parts.pick(["global", "local", "several"]) }),
      ...(parts.chance(0.3) && { Limit: parts.wild() ? parts.pick([0, -1, 1.5]) : parts.pick([1, 2, 5]) }),
      ...(parts.chance(0.2) && { ConsistentRead: parts.chance(0.5) }),
      ...(parts.chance(0.15) && {
        ExclusiveStartKey: { ...this.#key(TableName), ...(parts.chance(0.5) && { gk: { S: "a" } }) },
      }),
      ...this.#some("Select", "ReturnConsumedCapacity"),
    };
  }

  #filtered(extra?: string): Bag {
    const parts = this.#parts;
    const filter = parts.chance(0.3) ? parts.condition() : undefined;
    const projection = parts.chance(0.2) ? parts.projection() : undefined;
    return {
      ...(filter !== undefined && { FilterExpression: filter }),
      ...(projection !== undefined && { ProjectionExpression: projection }),
      ...(extra !== undefined && { KeyConditionExpression: extra }),
      ...parts.placeholders([filter, projection, extra]),
    };
  }

  /** A key condition with its values by another name than all others. */
  #keyCondition(table: Json, index: Json): readonly [string, Bag] {
    const parts = this.#parts;
    if (parts.wild()) return [parts.condition(), {}];
    const { pk, sk } = this.#key(table);
    const partition = index === "global" || index === "several" ? "gk" : "pk";
    const [name, sort] = index === "local" ? ["lk", { S: "a" }] : ["sk", sk];
    const first = `${partition} = :pk`;
    if (sort === undefined || parts.chance(0.4)) return [first, { ":pk": pk }];
    const operator = parts.pick([">", "<", "<=", ">=", "=", "BETWEEN"]);
    const second = operator === "BETWEEN" ? `${name} BETWEEN :sk AND :sk` : `${name} ${operator} :sk`;
    return [`${first} AND ${second}`, { ":pk": pk, ":sk": sort }];
  }

  #query(): Bag {
    const parts = this.#parts;
    const read = { ...this.#read(), ...(parts.chance(0.3) && { ScanIndexForward: parts.chance(0.5) }) } as Bag;
    if (parts.chance(0.1)) return { ...read, KeyConditions: this.#legacy(false), QueryFilter: this.#legacy(false) };
    const [text, keys] = this.#keyCondition(read["TableName"], read["IndexName"]);
    const filtered = this.#filtered(text);
    const values = { ...(filtered["ExpressionAttributeValues"] as Bag | undefined), ...keys };
    return { ...read, ...filtered, ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }) };
  }

  #scan(): Bag {
    const parts = this.#parts;
    return {
      ...this.#read(),
      ...(parts.chance(0.1) ? { ScanFilter: this.#legacy(false) } : this.#filtered()),
      ...(parts.chance(0.2) && { TotalSegments: parts.pick([2, 7]), Segment: parts.pick([0, 1]) }),
      ...(parts.wild() && { TotalSegments: parts.pick([0, 1, 1_000_001]) }),
      ...(parts.wild() && { Segment: parts.pick([0, 6, -1]) }),
      ...(parts.wild() && this.#some("ConditionalOperator")),
    };
  }

  #itemMakers(): Makers {
    const put = (): Bag => ({
      ...this.#put(),
      ...this.#some(
        "ReturnValues",
        "ReturnConsumedCapacity",
        "ReturnItemCollectionMetrics",
        "ReturnValuesOnConditionCheckFailure",
      ),
    });
    return {
      PutItem: put,
      GetItem: () => {
        const TableName = this.#table();
        return { TableName, Key: this.#key(TableName), ...this.#projected(), ...this.#some("ReturnConsumedCapacity") };
      },
      UpdateItem: () => ({
        ...this.#updateInput(),
        ...this.#some("ReturnValues", "ReturnConsumedCapacity", "ReturnValuesOnConditionCheckFailure"),
      }),
      DeleteItem: () => ({ ...this.#keyed(), ...this.#some("ReturnValues", "ReturnItemCollectionMetrics") }),
      Query: () => this.#query(),
      Scan: () => this.#scan(),
    };
  }

  #batchMakers(): Makers {
    const parts = this.#parts;
    const each = (list: readonly Bag[]): Bag => Object.fromEntries(list.map((one) => [String(one["TableName"]), one]));
    return {
      BatchGetItem: () => ({
        RequestItems: each(
          parts.times(2, () => {
            const TableName = this.#table();
            return {
              TableName,
              Keys: parts.wild() ? parts.times(4, () => this.#key(TableName)) : [this.#key(TableName)],
              ...this.#projected(),
            };
          }),
        ),
        ...this.#some("ReturnConsumedCapacity"),
      }),
      BatchWriteItem: () => ({
        RequestItems: Object.fromEntries(
          parts.times(2, () => {
            const table = this.#table();
            const write = (): Bag =>
              parts.chance(0.7)
                ? { PutRequest: { Item: { ...parts.item(), ...this.#key(table) } } }
                : { DeleteRequest: { Key: this.#key(table) } };
            return [table, parts.wild() ? parts.times(parts.pick([3, 26]), write) : [write()]];
          }),
        ),
        ...this.#some("ReturnConsumedCapacity", "ReturnItemCollectionMetrics"),
      }),
      TransactGetItems: () => ({
        TransactItems: parts.times(4, () => {
          const TableName = this.#table();
          return { Get: { TableName, Key: this.#key(TableName), ...this.#projected() } };
        }),
        ...this.#some("ReturnConsumedCapacity"),
      }),
      TransactWriteItems: () => ({
        TransactItems: parts.times(parts.wild() ? 4 : 2, () =>
          parts.pick([
            () => ({ Put: this.#put() }),
            () => ({ Update: this.#keyed(parts.update()) }),
            () => ({ Delete: this.#keyed() }),
            () => ({
              ConditionCheck: {
                ConditionExpression: "attribute_not_exists(x)",
                ...this.#keyed(),
                ...this.#some("ReturnValuesOnConditionCheckFailure"),
              },
            }),
          ])(),
        ),
        ...(parts.chance(0.1) && { ClientRequestToken: parts.pick(["t1", "t2", "", "x".repeat(37)]) }),
        ...this.#some("ReturnConsumedCapacity", "ReturnItemCollectionMetrics"),
      }),
    };
  }

  #otherMakers(): Makers {
    const parts = this.#parts;
    return {
      ...partiql(parts, this.#table.bind(this), this.#some.bind(this)),
      CreateTable: () => tableSettings(parts),
      UpdateTable: () => tableSettings(parts),
      DeleteTable: () => ({ TableName: parts.pick(["Made1", "Made2", "Made3", "x", "Missing"]) }),
      DescribeTable: () => ({ TableName: this.#table() }),
      ListTables: () => ({ Limit: parts.pick([1, 100, 0, 101]) }),
    };
  }
}
