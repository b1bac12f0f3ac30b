// The kinds of SDKs that API Gateway knows. https://docs.aws.amazon.com/apigateway/latest/api/API_GetSdk.html

import type { SdkType } from "../../../models/apigateway.d.ts";

function sdkType(id: string, friendlyName: string, required: readonly string[] = []): SdkType {
  return {
    id,
    friendlyName,
    description: `${friendlyName} SDK`,
    configurationProperties: required.map((name) => ({ name, friendlyName: name, required: true })),
  };
}

export const SDK_TYPES: readonly SdkType[] = [
  sdkType("android", "Android", ["groupId", "artifactId", "artifactVersion", "invokerPackage"]),
  sdkType("java", "Java", ["service.name", "java.package-name"]),
  sdkType("javascript", "JavaScript"),
  sdkType("objectivec", "iOS (Objective-C)", ["classPrefix"]),
  sdkType("ruby", "Ruby", ["service.name"]),
  sdkType("swift", "iOS (Swift)", ["classPrefix"]),
];
