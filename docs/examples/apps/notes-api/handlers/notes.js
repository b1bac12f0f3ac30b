// The three methods of the notes API; the owner is who signed in.
const { randomUUID } = require("node:crypto");
const { DynamoDBClient, DeleteItemCommand, PutItemCommand, QueryCommand } = require("@aws-sdk/client-dynamodb");

const dynamodb = new DynamoDBClient();
const TableName = process.env.TABLE;

const ownerOf = (event) => event.requestContext.authorizer.claims.sub;
const answer = (statusCode, body) => ({
  statusCode,
  headers: { "Access-Control-Allow-Origin": "*" },
  body: body === undefined ? "" : JSON.stringify(body),
});

exports.list = async (event) => {
  const { Items } = await dynamodb.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: "#owner = :owner",
      ExpressionAttributeNames: { "#owner": "owner" },
      ExpressionAttributeValues: { ":owner": { S: ownerOf(event) } },
    }),
  );
  return answer(
    200,
    Items.map((item) => ({ id: item.id.S, text: item.text.S })),
  );
};

exports.create = async (event) => {
  const { text } = JSON.parse(event.body ?? "{}");
  if (typeof text !== "string" || text === "") return answer(400, { message: "A note has text." });
  const id = randomUUID();
  const Item = { owner: { S: ownerOf(event) }, id: { S: id }, text: { S: text } };
  await dynamodb.send(new PutItemCommand({ TableName, Item }));
  return answer(201, { id, text });
};

exports.remove = async (event) => {
  const Key = { owner: { S: ownerOf(event) }, id: { S: event.pathParameters.id } };
  await dynamodb.send(new DeleteItemCommand({ TableName, Key }));
  return answer(204);
};
