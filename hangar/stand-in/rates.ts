// How often an account may call: AWS's default quotas for calls of its control planes, and where AWS publishes them.

export type Rate = {
  /** Of the service. The first rate that names a call is the one that it counts towards. */
  readonly operations: RegExp;
  /** Calls a second in one account and region. */
  readonly perSecond: number;
  /** How many may come at once; those of one second when absent. */
  readonly burst?: number;
  /** All these operations draw on it together; else each has as many of its own. */
  readonly together?: true;
};

export type ServiceRates = { readonly page: string; readonly rates: readonly Rate[] };

const GATEWAY_ALL: Rate = { operations: /^/, perSecond: 10, burst: 40, together: true };

export const rates: Readonly<Record<string, ServiceRates>> = {
  apigateway: {
    page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html#api-gateway-control-service-limits-table",
    rates: [
      { operations: /^CreateDeployment$/, perSecond: 1 / 5 },
      { operations: /^CreateDocumentationVersion$/, perSecond: 1 / 20 },
      { operations: /^(CreateDomainName|DeleteDomainName|DeleteRestApi)$/, perSecond: 1 / 30 },
      { operations: /^CreateRestApi$/, perSecond: 1 / 3 },
      { operations: /^UpdateAccount$/, perSecond: 1 / 20 },
      { operations: /^(ImportRestApi|PutRestApi)$/, perSecond: 1 },
      { operations: /^(Create|Delete|Get)(ApiKeys?|Resources?)$/, perSecond: 5 },
      GATEWAY_ALL,
    ],
  },
  apigatewayv2: {
    page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html#api-gateway-control-service-limits-table",
    rates: [GATEWAY_ALL],
  },
  cloudformation: {
    // AWS says that it throttles, and publishes no number: this one is ours, low enough to meet a tool that polls in a loop.
    page: "https://repost.aws/knowledge-center/cloudformation-rate-exceeded-error",
    rates: [{ operations: /^(Describe|Get|List|Validate)/, perSecond: 10 }],
  },
  "cognito-idp": {
    page: "https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html",
    rates: [
      {
        operations: /^(AdminInitiateAuth|AdminRespondToAuthChallenge|InitiateAuth|RespondToAuthChallenge)$/,
        perSecond: 120,
        together: true,
      },
      {
        operations:
          /^(AdminConfirmSignUp|AdminCreateUser|AdminResendConfirmationCode|ConfirmSignUp|ResendConfirmationCode|SignUp)$/,
        perSecond: 50,
        together: true,
      },
      { operations: /^(AdminGetUser|GetUser)$/, perSecond: 120, together: true },
      { operations: /^(Create|Update|Delete|Set|Add)UserPool/, perSecond: 15, together: true },
      { operations: /^(Describe|Get|List).*UserPool/, perSecond: 20, together: true },
    ],
  },
  ecr: {
    page: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html",
    rates: [
      { operations: /^GetAuthorizationToken$/, perSecond: 500 },
      { operations: /^(PutImage|InitiateLayerUpload)$/, perSecond: 10 },
    ],
  },
  events: {
    page: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html",
    rates: [
      { operations: /^PutEvents$/, perSecond: 600 },
      { operations: /^/, perSecond: 50 },
    ],
  },
  kinesis: {
    page: "https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html",
    rates: [
      { operations: /^(DescribeStreamSummary|DescribeStreamConsumer)$/, perSecond: 20 },
      { operations: /^DescribeStream$/, perSecond: 10 },
      {
        operations:
          /^(Create|Delete|List|Add|Remove|Split|Merge|Increase|Decrease|Enable|Disable|Register|Deregister|Start|Stop|Update)/,
        perSecond: 5,
      },
    ],
  },
  kms: {
    page: "https://docs.aws.amazon.com/kms/latest/developerguide/throttling.html",
    rates: [
      {
        operations: /^(CreateAlias|CreateKey|DeleteAlias|DisableKey|EnableKey|UpdateAlias|UpdateKeyDescription)$/,
        perSecond: 5,
      },
      { operations: /^(PutKeyPolicy|EnableKeyRotation|DisableKeyRotation|ScheduleKeyDeletion)$/, perSecond: 15 },
      { operations: /^(CreateGrant|RevokeGrant)$/, perSecond: 50 },
      { operations: /^(ListGrants|ListAliases|ListKeyPolicies)$/, perSecond: 100 },
    ],
  },
  lambda: {
    page: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#api-requests",
    rates: [
      { operations: /^GetFunction$/, perSecond: 100 },
      { operations: /^GetPolicy$/, perSecond: 15 },
      { operations: /^(?!Invoke)/, perSecond: 15, together: true },
    ],
  },
  logs: {
    page: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html",
    rates: [
      { operations: /^FilterLogEvents$/, perSecond: 5 },
      { operations: /^(GetLogEvents|DescribeLogStreams)$/, perSecond: 25 },
      { operations: /^(CreateLogGroup|DeleteLogGroup|DescribeLogGroups)$/, perSecond: 10 },
      { operations: /^CreateLogStream$/, perSecond: 50 },
      { operations: /^(Put|Describe|Delete)(SubscriptionFilters?|MetricFilters?|RetentionPolicy)$/, perSecond: 5 },
    ],
  },
  secretsmanager: {
    // GetSecretValue and DescribeSecret: https://aws.amazon.com/about-aws/whats-new/2025/03/aws-secrets-manager-increases-api-requests-seconds
    page: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html",
    rates: [
      { operations: /^GetSecretValue$/, perSecond: 10_000 },
      { operations: /^DescribeSecret$/, perSecond: 40_000 },
      { operations: /^(ListSecrets|BatchGetSecretValue)$/, perSecond: 100 },
      { operations: /ResourcePolicy$/, perSecond: 50, together: true },
      { operations: /^(PutSecretValue|UpdateSecret|UpdateSecretVersionStage)$/, perSecond: 50, together: true },
      { operations: /RotateSecret$/, perSecond: 50, together: true },
      { operations: /^(Tag|Untag)Resource$/, perSecond: 50, together: true },
      { operations: /^/, perSecond: 50 },
    ],
  },
  sns: {
    page: "https://docs.aws.amazon.com/general/latest/gr/sns.html",
    rates: [
      { operations: /^(ConfirmSubscription|Subscribe|Unsubscribe)$/, perSecond: 100 },
      {
        operations: /^(CreateTopic|DeleteTopic|ListSubscriptions|ListSubscriptionsByTopic|ListTopics)$/,
        perSecond: 30,
      },
      { operations: /^(Tag|Untag|ListTagsFor)Resource$/, perSecond: 10 },
    ],
  },
  ssm: {
    page: "https://docs.aws.amazon.com/general/latest/gr/ssm.html",
    rates: [
      { operations: /^GetParameters?(ByPath)?$/, perSecond: 40, together: true },
      { operations: /^PutParameter$/, perSecond: 3 },
      {
        operations: /^(DeleteParameters?|DescribeParameters|GetParameterHistory|LabelParameterVersion)$/,
        perSecond: 3,
      },
    ],
  },
  sts: {
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    rates: [
      {
        operations: /^(AssumeRole|GetCallerIdentity|GetFederationToken|GetSessionToken)/,
        perSecond: 600,
        together: true,
      },
    ],
  },
};
