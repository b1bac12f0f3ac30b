// What guests may do at most, whatever their role allows: AWS narrows their sessions.
// https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html#access-policies-unauthenticated-role

const SERVICES = `appsync cloudwatch cognito-identity cognito-idp cognito-sync comprehend dynamodb execute-api firehose
  gamelift iot kinesis lambda lex logs machinelearning mobileanalytics mobiletargeting personalize polly rekognition s3
  scs ses sns sqs transcribe translate`;

const ACTIONS = `rum:PutRumEvents sagemaker:InvokeEndpoint codewhisperer:GenerateRecommendations kms:Encrypt kms:Decrypt
  geo:GetMap* geo:SearchPlaceIndex* geo:GetPlace geo:CalculateRoute* geo:*Geofence geo:*Geofences geo:*DevicePosition*`;

export const UNAUTHENTICATED_POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: [...SERVICES.split(/\s+/).map((service) => `${service}:*`), ...ACTIONS.split(/\s+/)],
      Resource: "*",
    },
  ],
});
