// What happens to an upload: a queue, a check, a thumbnail; rejected ones are announced on a topic.
import { Duration } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { SqsDestination as FailedEvents } from "aws-cdk-lib/aws-lambda-destinations";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { EventType } from "aws-cdk-lib/aws-s3";
import { LambdaDestination, SqsDestination } from "aws-cdk-lib/aws-s3-notifications";
import { Topic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Storage } from "./storage.ts";
import { TypeScriptHandler } from "./typescript-handler.ts";

type PipelineProps = { readonly storage: Storage; readonly table: Table };

const checkTimeout = Duration.seconds(20);

export class Pipeline extends Construct {
  readonly incoming: Queue;
  readonly rejections: Topic;
  readonly rejectionsInbox: Queue;
  readonly failures: Queue;

  constructor(scope: Construct, id: string, props: PipelineProps) {
    super(scope, id);
    this.failures = new Queue(this, "Failures", { retentionPeriod: Duration.days(14) });
    // AWS's advice for a Lambda source: six times the function's timeout.
    this.incoming = new Queue(this, "Incoming", {
      visibilityTimeout: Duration.seconds(6 * checkTimeout.toSeconds()),
      deadLetterQueue: { queue: this.failures, maxReceiveCount: 3 },
    });
    this.rejections = new Topic(this, "Rejections", { displayName: "Uploads that Nebula refused" });
    this.rejectionsInbox = new Queue(this, "RejectionsInbox", { retentionPeriod: Duration.days(4) });
    this.rejections.addSubscription(new SqsSubscription(this.rejectionsInbox, { rawMessageDelivery: true }));
    this.validateUploads(props);
    this.makeThumbnails(props);
  }

  private validateUploads({ storage, table }: PipelineProps): void {
    const validate = new TypeScriptHandler(this, "ValidateUpload", {
      handler: "validate-upload",
      description: "Looks at the first bytes of an upload: a picture moves on, anything else is refused",
      timeout: checkTimeout,
      environment: { TABLE: table.tableName, REJECTIONS: this.rejections.topicArn },
    });
    validate.addEventSource(new SqsEventSource(this.incoming, { batchSize: 10, reportBatchItemFailures: true }));
    storage.uploads.addEventNotification(EventType.OBJECT_CREATED, new SqsDestination(this.incoming), {
      prefix: "incoming/",
    });
    storage.uploads.grantRead(validate, "incoming/*");
    storage.uploads.grantDelete(validate, "incoming/*");
    storage.uploads.grantPut(validate, "photos/*");
    table.grant(validate, "dynamodb:UpdateItem");
    this.rejections.grantPublish(validate);
  }

  private makeThumbnails({ storage, table }: PipelineProps): void {
    const thumbnail = new TypeScriptHandler(this, "MakeThumbnail", {
      handler: "make-thumbnail",
      description: "Makes a thumbnail of every picture that passed the check",
      memorySize: 1024,
      timeout: Duration.seconds(30),
      retryAttempts: 2,
      onFailure: new FailedEvents(this.failures),
      environment: {
        TABLE: table.tableName,
        THUMBNAILS: storage.thumbnails.bucketName,
        REJECTIONS: this.rejections.topicArn,
      },
    });
    storage.uploads.addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(thumbnail), {
      prefix: "photos/",
    });
    storage.uploads.grantRead(thumbnail, "photos/*");
    storage.uploads.grantDelete(thumbnail, "photos/*");
    storage.thumbnails.grantPut(thumbnail);
    storage.thumbnails.grantDelete(thumbnail);
    table.grant(thumbnail, "dynamodb:UpdateItem");
    this.rejections.grantPublish(thumbnail);
  }
}
