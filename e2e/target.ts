// What the suites run against: read from the JSON file that HANGAR_TARGET_FILE names.
import { readFileSync } from "node:fs";

export type Outputs = {
  readonly SiteUrl: string;
  readonly SiteBucket: string;
  readonly ApiUrl: string;
  readonly UploadsBucket: string;
  readonly ThumbnailsBucket: string;
  readonly TableName: string;
  readonly TokenSecretArn: string;
  readonly PartnerApiKeyId: string;
  readonly IncomingQueueUrl: string;
  readonly RejectionsQueueUrl: string;
  readonly FailedUploadsQueueUrl: string;
  readonly CleanUpFunction: string;
  readonly ConvertFunction: string;
  readonly PartnerRoleArn: string;
  readonly AuditorRoleArn: string;
  readonly AccessLogGroup: string;
};

export type Target = {
  readonly name: "embedded" | "localstack" | "aws";
  /** Where every service answers; absent on AWS. */
  readonly endpoint?: string;
  readonly region: string;
  /** Absent on AWS, where the SDK finds its own. */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly outputs: Outputs;
  /** The target gives each test a world of its own at POST /_hangar/forks. */
  readonly forks?: boolean;
};

export function readTarget(): Target {
  const file = process.env["HANGAR_TARGET_FILE"];
  if (file === undefined || file === "") {
    throw new Error("HANGAR_TARGET_FILE names no target. Run the suites with: npx hangar test [--target NAME]");
  }
  return JSON.parse(readFileSync(file, "utf8")) as Target;
}
