// What AWS's services do with a role of theirs beside running the code in it: never seen as a call here, needed on AWS all the same.

const LOGS = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];
const TRACES = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];
const IMAGES = [
  "ecr:GetAuthorizationToken",
  "ecr:BatchCheckLayerAvailability",
  "ecr:GetDownloadUrlForLayer",
  "ecr:BatchGetImage",
];

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html and the like. */
const WORK: Readonly<Record<string, readonly string[]>> = {
  "lambda.amazonaws.com": [
    ...LOGS,
    ...TRACES,
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
    // Asked for when an event source mapping is made: "Please ensure the role can perform the …, and ListStreams Actions".
    "dynamodb:ListStreams",
    "kinesis:ListStreams",
  ],
  "apigateway.amazonaws.com": [
    ...LOGS,
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:GetLogEvents",
    "logs:FilterLogEvents",
  ],
  "ecs-tasks.amazonaws.com": [...LOGS, ...IMAGES],
  "states.amazonaws.com": [
    ...TRACES,
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
  ],
};

/** Actions that the services a role trusts take by themselves. */
export function workOf(services: readonly string[]): readonly string[] {
  return [...new Set(services.flatMap((service) => WORK[service] ?? []))];
}
