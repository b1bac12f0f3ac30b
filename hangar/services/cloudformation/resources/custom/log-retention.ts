// Custom::LogRetention: a log group that a function would make later, with its retention.

import { textAt, unless, type NativeCustom } from "./native-custom.ts";

export const logRetention: NativeCustom = async (request, call) => {
  const { properties } = request;
  const logGroupName = textAt(properties, "LogGroupName");
  const region = textAt(properties, "LogGroupRegion");
  const options = region === "" ? {} : { region };
  if (request.type === "Delete") {
    if (textAt(properties, "RemovalPolicy") === "destroy")
      await unless(/^ResourceNotFoundException$/, () => call("logs", "DeleteLogGroup", { logGroupName }, options));
  } else {
    await unless(/^ResourceAlreadyExistsException$/, () => call("logs", "CreateLogGroup", { logGroupName }, options));
    const days = Number(textAt(properties, "RetentionInDays"));
    if (days > 0) await call("logs", "PutRetentionPolicy", { logGroupName, retentionInDays: days }, options);
    else await call("logs", "DeleteRetentionPolicy", { logGroupName }, options);
  }
  return { physicalId: logGroupName, data: { LogGroupName: logGroupName } };
};
