// How long CloudFormation takes for a resource. AWS publishes no times: these are usual ones, in seconds, and measured nowhere.

/** To be made, changed and deleted. */
export type Duration = readonly [create: number, update: number, remove: number];

/** Of types that are not listed. */
export const USUAL: Duration = [2, 2, 1];

export const durations: Readonly<Record<string, Duration>> = {
  "AWS::ApiGateway::Account": [2, 2, 1],
  "AWS::ApiGateway::Deployment": [1, 1, 1],
  "AWS::ApiGateway::Stage": [1, 1, 1],
  "AWS::ApiGatewayV2::Deployment": [1, 1, 1],
  "AWS::Cognito::UserPool": [3, 3, 2],
  "AWS::DynamoDB::GlobalTable": [35, 12, 8],
  "AWS::DynamoDB::Table": [25, 12, 6],
  "AWS::ECR::Repository": [3, 3, 2],
  "AWS::Events::Archive": [10, 5, 3],
  "AWS::Events::Rule": [60, 60, 10],
  "AWS::IAM::InstanceProfile": [120, 2, 2],
  "AWS::IAM::ManagedPolicy": [15, 15, 2],
  "AWS::IAM::Policy": [15, 15, 2],
  "AWS::IAM::Role": [16, 16, 2],
  "AWS::IAM::RolePolicy": [15, 15, 2],
  "AWS::IAM::User": [20, 20, 2],
  "AWS::IAM::UserPolicy": [15, 15, 2],
  "AWS::KMS::Key": [120, 15, 2],
  "AWS::Kinesis::Stream": [20, 30, 30],
  "AWS::Lambda::EventSourceMapping": [25, 25, 25],
  "AWS::Lambda::Function": [6, 10, 5],
  "AWS::Lambda::LayerVersion": [6, 6, 1],
  "AWS::Lambda::Permission": [1, 1, 1],
  "AWS::Lambda::Version": [7, 7, 1],
  "AWS::Logs::LogGroup": [2, 2, 1],
  "AWS::S3::Bucket": [22, 20, 2],
  "AWS::S3::BucketPolicy": [1, 1, 1],
  "AWS::SNS::Subscription": [1, 1, 1],
  "AWS::SNS::Topic": [11, 2, 1],
  "AWS::SQS::Queue": [60, 60, 60],
  "AWS::SecretsManager::Secret": [5, 5, 2],
};
