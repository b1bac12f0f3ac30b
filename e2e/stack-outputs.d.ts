// Outputs of the deployed app, written by hangar/vitest/setup. Name this file in tsconfig.json's "include".
import "hangar/vitest";

declare module "hangar/vitest" {
  interface StackOutputs {
    readonly AccessLogGroup: string;
    readonly ApiId: string;
    readonly ApiRestEndpointBB254783: string;
    readonly ApiUrl: string;
    readonly AuditorRoleArn: string;
    readonly CleanUpFunction: string;
    readonly ConvertFunction: string;
    readonly FailedUploadsQueueUrl: string;
    readonly IncomingQueueUrl: string;
    readonly LibraryFunction: string;
    readonly PartnerApiKeyId: string;
    readonly PartnerRoleArn: string;
    readonly RejectionsQueueUrl: string;
    readonly RejectionsTopicArn: string;
    readonly SiteBucket: string;
    readonly SiteUrl: string;
    readonly StatisticsFunction: string;
    readonly TableName: string;
    readonly ThumbnailsBucket: string;
    readonly TokenSecretArn: string;
    readonly UploadsBucket: string;
  }
}
