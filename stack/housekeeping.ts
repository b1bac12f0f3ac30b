// Housekeeping: once a day, photos that were announced but never uploaded are removed.
import { Duration } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import { TypeScriptHandler } from "./typescript-handler.ts";

export class Housekeeping extends Construct {
  readonly cleanUp: TypeScriptHandler;

  constructor(scope: Construct, id: string, { table }: { readonly table: Table }) {
    super(scope, id);
    this.cleanUp = new TypeScriptHandler(this, "CleanUp", {
      handler: "clean-up",
      description: "Removes photos whose upload never came",
      timeout: Duration.minutes(1),
      environment: { TABLE: table.tableName },
    });
    table.grant(this.cleanUp, "dynamodb:Query", "dynamodb:DeleteItem");
    new Rule(this, "Daily", {
      description: "Nebula's daily clean-up",
      schedule: Schedule.rate(Duration.days(1)),
      targets: [new LambdaFunction(this.cleanUp, { retryAttempts: 2 })],
    });
  }
}
