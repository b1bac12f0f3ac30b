// What Ref returns where the CDK's spec is silent and the primary identifier is not it; from the CloudFormation user guide.

/** Properties (nested ones with `/`) or attributes; more than one are joined by `|`. */
export const refValues: Readonly<Record<string, readonly string[]>> = {
  "AWS::ApplicationAutoScaling::ScalingPolicy": ["Arn"],
  "AWS::Athena::PreparedStatement": ["StatementName"],
  "AWS::AutoScaling::LifecycleHook": ["LifecycleHookName"],
  "AWS::AutoScaling::ScheduledAction": ["ScheduledActionName"],
  "AWS::EC2::VPCCidrBlock": ["Id"],
  "AWS::EMR::InstanceGroupConfig": ["InstanceGroupId"],
  "AWS::Events::EventBusPolicy": ["StatementId"],
  "AWS::Glue::Connection": ["ConnectionInput/Name"],
  "AWS::Glue::Table": ["TableInput/Name"],
  "AWS::Lambda::Permission": ["Id"],
  "AWS::Logs::MetricFilter": ["FilterName"],
  "AWS::SageMaker::UserProfile": ["DomainId", "UserProfileName"],
  "AWS::SecretsManager::RotationSchedule": ["SecretId"],
};

/** Types whose Ref is a name CloudFormation makes and no property or attribute holds. */
export const generatedIds: ReadonlySet<string> = new Set([
  "AWS::ApiGateway::BasePathMapping",
  "AWS::ApiGateway::Method",
  "AWS::Cognito::IdentityPoolPrincipalTag",
  "AWS::Cognito::UserPoolRiskConfigurationAttachment",
  "AWS::Cognito::UserPoolUICustomizationAttachment",
  "AWS::Cognito::UserPoolUserToGroupAttachment",
  "AWS::Glue::Partition",
  "AWS::Lambda::EventInvokeConfig",
]);
