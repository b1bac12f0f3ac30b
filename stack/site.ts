// The web site: a public bucket, filled from site/ plus a config.json that names the API.
import { join } from "node:path";
import { RemovalPolicy } from "aws-cdk-lib";
import { BlockPublicAccess, Bucket } from "aws-cdk-lib/aws-s3";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { BucketDeployment, CacheControl, Source } from "aws-cdk-lib/aws-s3-deployment";
import { Construct } from "constructs";

export class Site extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { apiUrl }: { readonly apiUrl: string }) {
    super(scope, id);
    this.bucket = new Bucket(this, "Bucket", {
      websiteIndexDocument: "index.html",
      websiteErrorDocument: "error.html",
      publicReadAccess: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ACLS_ONLY,
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    new BucketDeployment(this, "Pages", {
      // The CDK's own class misses its interface under exactOptionalPropertyTypes.
      destinationBucket: this.bucket as IBucket,
      sources: [Source.asset(join(import.meta.dirname, "../site")), Source.jsonData("config.json", { apiUrl })],
      cacheControl: [CacheControl.setPublic(), CacheControl.noCache()],
    });
  }
}
