// A small CDK app in plain JavaScript, as someone who installed the package would write it.
import { App, CfnOutput, RemovalPolicy, Stack } from "aws-cdk-lib";
import { AttributeType, Table } from "aws-cdk-lib/aws-dynamodb";
import { Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";

const app = new App();
const stack = new Stack(app, "Packed", {
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});
const table = new Table(stack, "Table", {
  partitionKey: { name: "id", type: AttributeType.STRING },
  removalPolicy: RemovalPolicy.DESTROY,
});
const greeter = new LambdaFunction(stack, "Greeter", {
  runtime: Runtime.NODEJS_22_X,
  handler: "index.handler",
  code: Code.fromAsset("greeter"),
  environment: { TABLE: table.tableName },
});
table.grantReadData(greeter);
new CfnOutput(stack, "Greeting", { value: greeter.functionName });
new CfnOutput(stack, "TableName", { value: table.tableName });
