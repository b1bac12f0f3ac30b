// The file conversion: a CSV catalogue dropped under imports/ becomes JSON lines under converted/ (Python).
import { join } from "node:path";
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { EventType } from "aws-cdk-lib/aws-s3";
import { LambdaDestination } from "aws-cdk-lib/aws-s3-notifications";
import { Construct } from "constructs";
import type { Storage } from "./storage.ts";

type ConversionProps = { readonly storage: Storage; readonly table: Table };

export class Conversion extends Construct {
  readonly convert: LambdaFunction;

  constructor(scope: Construct, id: string, { storage, table }: ConversionProps) {
    super(scope, id);
    this.convert = new LambdaFunction(this, "ConvertCsv", {
      description: "Converts an uploaded CSV catalogue to JSON lines",
      runtime: Runtime.PYTHON_3_13,
      code: Code.fromAsset(join(import.meta.dirname, "../handlers/convert-csv"), {
        exclude: ["test_*.py", "__pycache__", "*.csv"],
      }),
      handler: "convert_csv.handler",
      memorySize: 256,
      timeout: Duration.seconds(60),
      environment: { TABLE: table.tableName },
      logGroup: new LogGroup(this, "ConvertCsvLog", {
        retention: RetentionDays.ONE_WEEK,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    });
    storage.uploads.addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(this.convert), {
      prefix: "imports/",
      suffix: ".csv",
    });
    storage.uploads.grantRead(this.convert, "imports/*");
    storage.uploads.grantPut(this.convert, "converted/*");
    table.grant(this.convert, "dynamodb:UpdateItem");
  }
}
