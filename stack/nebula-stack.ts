// Nebula's one stack: what it is made of, and what it tells the outside.
import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { Api } from "./api.ts";
import { Auditor } from "./auditor.ts";
import { Conversion } from "./conversion.ts";
import { Housekeeping } from "./housekeeping.ts";
import { PhotoTable } from "./photo-table.ts";
import { Pipeline } from "./pipeline.ts";
import { Site } from "./site.ts";
import { Statistics } from "./statistics.ts";
import { Storage } from "./storage.ts";

export class NebulaStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const storage = new Storage(this, "Storage");
    const table = new PhotoTable(this, "Photos");
    const pipeline = new Pipeline(this, "Pipeline", { storage, table });
    const conversion = new Conversion(this, "Conversion", { storage, table });
    const statistics = new Statistics(this, "Statistics", { table });
    const housekeeping = new Housekeeping(this, "Housekeeping", { table });
    const api = new Api(this, "Api", { storage, table });
    const site = new Site(this, "Site", { apiUrl: api.restApi.url });
    const auditor = new Auditor(this, "Auditor", { table });

    this.tell({
      SiteUrl: site.bucket.bucketWebsiteUrl,
      SiteBucket: site.bucket.bucketName,
      ApiUrl: api.restApi.url,
      ApiId: api.restApi.restApiId,
      UploadsBucket: storage.uploads.bucketName,
      ThumbnailsBucket: storage.thumbnails.bucketName,
      TableName: table.tableName,
      TokenSecretArn: api.signingKey.secretArn,
      PartnerApiKeyId: api.partnerKey.keyId,
      IncomingQueueUrl: pipeline.incoming.queueUrl,
      RejectionsTopicArn: pipeline.rejections.topicArn,
      RejectionsQueueUrl: pipeline.rejectionsInbox.queueUrl,
      FailedUploadsQueueUrl: pipeline.failures.queueUrl,
      LibraryFunction: api.libraryName,
      CleanUpFunction: housekeeping.cleanUp.functionName,
      ConvertFunction: conversion.convert.functionName,
      StatisticsFunction: statistics.count.functionName,
      PartnerRoleArn: api.partnerRoleArn,
      AuditorRoleArn: auditor.role.roleArn,
      AccessLogGroup: api.accessLog.logGroupName,
    });
  }

  private tell(outputs: Record<string, string>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
