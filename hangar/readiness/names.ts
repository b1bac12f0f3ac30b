// Names that a template may fix: which property, how long, of which letters, and who else may not have it.

export type NameFacts = {
  readonly property: string;
  readonly most: number;
  readonly pattern: RegExp;
  /** Where nobody else may have it: among all of AWS's accounts, in the account, in one region of it. */
  readonly within: "world" | "account" | "region";
};

const WORD = /^[\w+=,.@-]+$/;

export const names: Readonly<Record<string, NameFacts>> = {
  "AWS::S3::Bucket": { property: "BucketName", most: 63, pattern: /^/, within: "world" },
  "AWS::Cognito::UserPoolDomain": {
    property: "Domain",
    most: 63,
    pattern: /^(?!.*(aws|amazon|cognito))[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
    within: "world",
  },
  "AWS::IAM::Role": { property: "RoleName", most: 64, pattern: WORD, within: "account" },
  "AWS::IAM::ManagedPolicy": { property: "ManagedPolicyName", most: 128, pattern: WORD, within: "account" },
  "AWS::IAM::User": { property: "UserName", most: 64, pattern: WORD, within: "account" },
  "AWS::IAM::Group": { property: "GroupName", most: 128, pattern: WORD, within: "account" },
  "AWS::IAM::InstanceProfile": { property: "InstanceProfileName", most: 128, pattern: WORD, within: "account" },
  "AWS::Lambda::Function": { property: "FunctionName", most: 64, pattern: /^[\w-]+$/, within: "region" },
  "AWS::SQS::Queue": { property: "QueueName", most: 80, pattern: /^[\w-]+(\.fifo)?$/, within: "region" },
  "AWS::SNS::Topic": { property: "TopicName", most: 256, pattern: /^[\w-]+(\.fifo)?$/, within: "region" },
  "AWS::DynamoDB::Table": { property: "TableName", most: 255, pattern: /^[\w.-]{3,}$/, within: "region" },
  "AWS::Events::Rule": { property: "Name", most: 64, pattern: /^[\w.-]+$/, within: "region" },
  "AWS::Events::EventBus": { property: "Name", most: 256, pattern: /^[\w./-]+$/, within: "region" },
  "AWS::Kinesis::Stream": { property: "Name", most: 128, pattern: /^[\w.-]+$/, within: "region" },
  "AWS::Logs::LogGroup": { property: "LogGroupName", most: 512, pattern: /^[\w./#-]+$/, within: "region" },
  "AWS::SecretsManager::Secret": { property: "Name", most: 512, pattern: /^[\w/+=.@-]+$/, within: "region" },
  "AWS::StepFunctions::StateMachine": {
    property: "StateMachineName",
    most: 80,
    pattern: /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/]+$/,
    within: "region",
  },
  "AWS::ECR::Repository": {
    property: "RepositoryName",
    most: 256,
    pattern: /^[a-z0-9][a-z0-9._/-]+$/,
    within: "region",
  },
};
