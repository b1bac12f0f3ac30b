// Resource types that hold what cannot be made again: their data goes with them.

export const dataTypes: ReadonlySet<string> = new Set([
  "AWS::S3::Bucket",
  "AWS::DynamoDB::Table",
  "AWS::DynamoDB::GlobalTable",
  "AWS::Cognito::UserPool",
  "AWS::KMS::Key",
  "AWS::ECR::Repository",
  "AWS::EFS::FileSystem",
  "AWS::EC2::Volume",
  "AWS::RDS::DBInstance",
  "AWS::RDS::DBCluster",
  "AWS::Redshift::Cluster",
  "AWS::OpenSearchService::Domain",
  "AWS::DocDB::DBCluster",
  "AWS::Neptune::DBCluster",
  "AWS::ElastiCache::ReplicationGroup",
  "AWS::Kinesis::Stream",
]);

/** CloudFormation takes a snapshot of these where nobody says otherwise. */
export const snapshotByDefault: ReadonlySet<string> = new Set(["AWS::RDS::DBCluster", "AWS::RDS::DBInstance"]);
