// Statistics: the table's stream, filtered to albums and photos, keeps the counters.
import { Duration } from "aws-cdk-lib";
import type { ITable, Table } from "aws-cdk-lib/aws-dynamodb";
import { FilterCriteria, FilterRule, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource, SqsDlq } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { TypeScriptHandler } from "./typescript-handler.ts";

export class Statistics extends Construct {
  readonly count: TypeScriptHandler;

  constructor(scope: Construct, id: string, { table }: { readonly table: Table }) {
    super(scope, id);
    this.count = new TypeScriptHandler(this, "Count", {
      handler: "statistics",
      description: "Counts albums, photos and bytes from the table's stream",
      timeout: Duration.seconds(30),
      environment: { TABLE: table.tableName },
    });
    const concerns = (prefix: string) =>
      FilterCriteria.filter({ dynamodb: { Keys: { sk: { S: FilterRule.beginsWith(prefix) } } } });
    this.count.addEventSource(
      // The CDK's own class misses its interface under exactOptionalPropertyTypes.
      new DynamoEventSource(table as ITable, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 100,
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        retryAttempts: 5,
        onFailure: new SqsDlq(new Queue(this, "Uncounted", { retentionPeriod: Duration.days(14) })),
        filters: [concerns("ALBUM#"), concerns("PHOTO#")],
      }),
    );
    table.grant(this.count, "dynamodb:PutItem", "dynamodb:UpdateItem");
  }
}
