// Tells the CDK's own custom resources from a user's that happen to have the same type: by the singleton function behind ServiceToken.

import { references } from "../../rules/references.ts";
import type { Template } from "../../rules/template.ts";

/** Type -> how the logical id of the CDK's handler for it begins (its singleton's fixed uuid or name). */
const HANDLERS: Readonly<Record<string, RegExp>> = {
  "Custom::S3AutoDeleteObjects": /^CustomS3AutoDeleteObjectsCustomResourceProviderHandler/,
  "Custom::S3BucketNotifications": /^BucketNotificationsHandler050a0587b7544547bf325f094a3db834/,
  "Custom::CDKBucketDeployment": /CustomCDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C/,
  "Custom::LogRetention": /^LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a/,
  "Custom::CrossRegionExportWriter": /^CustomCrossRegionExportWriterCustomResourceProviderHandler/,
  "Custom::CrossRegionExportReader": /^CustomCrossRegionExportReaderCustomResourceProviderHandler/,
  "Custom::VpcRestrictDefaultSG": /^CustomVpcRestrictDefaultSGCustomResourceProviderHandler/,
  "Custom::Trigger": /^AWSCDKTriggerCustomResourceProviderCustomResourceProviderHandler/,
  "Custom::AWSCDKOpenIdConnectProvider": /^CustomAWSCDKOpenIdConnectProviderCustomResourceProviderHandler/,
};

/** AwsCustomResource lets its user choose the type: only the handler tells. */
const ANY_TYPE = /AWS679f53fac002430cb0da5b7982bd2287/;

export const AWS_CALL = "Custom::AWS";

/** The type of the native handler that runs a custom resource; undefined when its own function has to. */
function nativeCustomType(type: string, logicalId: string, template: Template): string | undefined {
  const token = template.Resources[logicalId]?.Properties?.["ServiceToken"];
  const [reference] = references(token);
  if (reference === undefined || reference.kind === "condition") return undefined;
  const handler = template.Resources[reference.name];
  if (handler?.Type !== "AWS::Lambda::Function") return undefined;
  if (HANDLERS[type]?.test(reference.name) === true) return type;
  return ANY_TYPE.test(reference.name) ? AWS_CALL : undefined;
}

export function isNativeCustom(type: string, logicalId: string, template: Template): boolean {
  return nativeCustomType(type, logicalId, template) !== undefined;
}

/** The CDK's own function behind a custom resource that is run natively: on this machine it is never called. */
export function isNativeHandler(logicalId: string): boolean {
  return [...Object.values(HANDLERS), ANY_TYPE].some((pattern) => pattern.test(logicalId));
}
