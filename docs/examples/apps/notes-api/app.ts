// Notes of signed-in people: a REST API behind a user pool, a function for each method, one table.
import { App, CfnOutput, RemovalPolicy, Stack } from "aws-cdk-lib";
import { CognitoUserPoolsAuthorizer, Cors, LambdaIntegration, RestApi } from "aws-cdk-lib/aws-apigateway";
import { UserPool } from "aws-cdk-lib/aws-cognito";
import { AttributeType, BillingMode, Table } from "aws-cdk-lib/aws-dynamodb";
import { Code, Function, Runtime } from "aws-cdk-lib/aws-lambda";

const stack = new Stack(new App(), "NotesApi");

const notes = new Table(stack, "Notes", {
  partitionKey: { name: "owner", type: AttributeType.STRING },
  sortKey: { name: "id", type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  removalPolicy: RemovalPolicy.RETAIN,
});

const people = new UserPool(stack, "People", {
  selfSignUpEnabled: true,
  signInAliases: { email: true },
  removalPolicy: RemovalPolicy.RETAIN,
});
const client = people.addClient("Web", { authFlows: { userPassword: true } });

const code = Code.fromAsset(new URL("./handlers", import.meta.url).pathname);
function handler(id: string, name: string): Function {
  return new Function(stack, id, {
    runtime: Runtime.NODEJS_22_X,
    handler: `notes.${name}`,
    code,
    environment: { TABLE: notes.tableName },
  });
}

const list = handler("List", "list");
const create = handler("Create", "create");
const remove = handler("Remove", "remove");
notes.grantReadData(list);
notes.grantWriteData(create);
notes.grantWriteData(remove);

const api = new RestApi(stack, "Api", {
  defaultCorsPreflightOptions: { allowOrigins: Cors.ALL_ORIGINS, allowMethods: Cors.ALL_METHODS },
  defaultMethodOptions: {
    authorizer: new CognitoUserPoolsAuthorizer(stack, "SignedIn", { cognitoUserPools: [people] }),
  },
});
const all = api.root.addResource("notes");
all.addMethod("GET", new LambdaIntegration(list));
all.addMethod("POST", new LambdaIntegration(create));
all.addResource("{id}").addMethod("DELETE", new LambdaIntegration(remove));

for (const [name, value] of Object.entries({
  Url: api.url,
  ClientId: client.userPoolClientId,
  PoolId: people.userPoolId,
}))
  new CfnOutput(stack, `${name}Output`, { value }).overrideLogicalId(name);
