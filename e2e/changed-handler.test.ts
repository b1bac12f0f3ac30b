// What a change of the code alone does when its policy was forgotten: it fails here, and says what to add.
import { changedCode } from "./changed-code.ts";
import { makeAlbum } from "./library.ts";
import { expect, test } from "./test.ts";

test("a handler changed from Query to BatchGetItem without its policy is denied, and the trace says what to add", async ({
  stack,
  aws,
  cloud,
  ada,
}) => {
  cloud.needs("iam", "forks", "trace");
  const { id } = await makeAlbum(ada);
  const FunctionName = stack.outputs.LibraryFunction;
  const { Role = "" } = await aws.lambda.updateFunctionCode({
    FunctionName,
    ZipFile: await changedCode("library", "list-albums.ts"),
  });
  const answer = await ada.call("GET", `albums?ids=${id}`);
  expect([answer.status, answer.body]).toEqual([500, { message: "Something went wrong on our side" }]);
  const table = `arn:aws:dynamodb:${cloud.region}:${cloud.account}:table/${stack.outputs.TableName}`;
  await expect(cloud.trace).toHaveDenied("dynamodb:BatchGetItem", { role: Role, resource: table }, { times: 1 });
  const [explained] = (await cloud.trace.spans()).flatMap(({ attributes: { denied } }) => denied ?? []);
  const missing = { Effect: "Allow", Action: "dynamodb:BatchGetItem", Resource: table };
  expect(explained).toBe(`Missing in the identity-based policy of ${Role}: ${JSON.stringify(missing)}`);
});

test("with the statement that the trace asked for, the same code works", async ({ stack, aws, cloud, ada }) => {
  cloud.needs("iam", "forks", "trace");
  const { id } = await makeAlbum(ada);
  const FunctionName = stack.outputs.LibraryFunction;
  const ZipFile = await changedCode("library", "list-albums.ts");
  const { Role = "" } = await aws.lambda.updateFunctionCode({ FunctionName, ZipFile });
  await ada.call("GET", `albums?ids=${id}`);
  const [asked = ""] = (await cloud.trace.spans()).flatMap(({ attributes: { denied } }) => denied ?? []).map(String);
  const statement = asked.slice(asked.indexOf("{"));
  const RoleName = Role.slice(Role.indexOf("/") + 1);
  const PolicyDocument = `{"Version":"2012-10-17","Statement":[${statement}]}`;
  await aws.iam.putRolePolicy({ RoleName, PolicyName: "BatchGetItem", PolicyDocument });
  const { status, body } = await ada.call<{ albums: { id: string }[] }>("GET", `albums?ids=${id}`);
  expect([status, body.albums.map((album) => album.id)]).toEqual([200, [id]]);
});
