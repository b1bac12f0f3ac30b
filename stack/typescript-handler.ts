// A Lambda function written in TypeScript under handlers/<name>/main.ts, with the house defaults.
import { join } from "node:path";
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Architecture, Runtime } from "aws-cdk-lib/aws-lambda";
import { LogLevel, NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
import type { NodejsFunctionProps } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";

const handlers = join(import.meta.dirname, "../handlers");

export type TypeScriptHandlerProps = Pick<
  NodejsFunctionProps,
  "description" | "environment" | "memorySize" | "timeout" | "onFailure" | "retryAttempts"
> & { readonly handler: string };

export class TypeScriptHandler extends NodejsFunction {
  constructor(scope: Construct, id: string, { handler, ...props }: TypeScriptHandlerProps) {
    super(scope, id, {
      runtime: Runtime.NODEJS_22_X,
      architecture: Architecture.X86_64,
      memorySize: 256,
      timeout: Duration.seconds(10),
      ...props,
      entry: join(handlers, handler, "main.ts"),
      handler: "handler",
      bundling: { target: "node22", logLevel: LogLevel.WARNING, externalModules: ["@aws-sdk/*"] },
      logGroup: new LogGroup(scope, `${id}Log`, {
        retention: RetentionDays.ONE_WEEK,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    });
  }
}
