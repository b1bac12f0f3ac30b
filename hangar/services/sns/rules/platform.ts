// Apps and their devices for mobile push: names, platforms, attributes and look-ups.

import { compositeKey } from "../../../kernel/table.ts";
import { applicationDoesNotExist, endpointDoesNotExist, invalidParameter } from "../errors.ts";
import { storeOf, type PlatformApplication, type PlatformEndpoint, type SnsContext } from "../store.ts";
import { splitArn } from "./arn.ts";

type Attributes = Readonly<Record<string, string>>;

const PLATFORMS = [
  "ADM",
  "APNS",
  "APNS_SANDBOX",
  "APNS_VOIP",
  "APNS_VOIP_SANDBOX",
  "BAIDU",
  "FCM",
  "GCM",
  "MACOS",
  "MACOS_SANDBOX",
  "MPNS",
  "WNS",
];
const SECRET = new Set(["PlatformCredential", "PlatformPrincipal"]);
const OF_APPLICATION = new Set([
  "ApplePlatformBundleID",
  "ApplePlatformTeamID",
  "Enabled",
  "EventDeliveryFailure",
  "EventEndpointCreated",
  "EventEndpointDeleted",
  "EventEndpointUpdated",
  "FailureFeedbackRoleArn",
  "PlatformCredential",
  "PlatformPrincipal",
  "SuccessFeedbackRoleArn",
  "SuccessFeedbackSampleRate",
]);
const OF_ENDPOINT = new Set(["CustomUserData", "Enabled", "Token"]);
const LONGEST_NAME = 256;
const MOST_DATA = 2048;

export function checkApplicationName(name: string): void {
  if (name === "") throw invalidParameter(`${name} Reason: cannot be empty`);
  if (name.length > LONGEST_NAME) throw invalidParameter(`${name} Reason: must be at most 256 characters long`);
  if (!/^[\w.-]+$/.test(name)) {
    throw invalidParameter(`${name} Reason: must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'`);
  }
}

export function checkPlatform(platform: string): void {
  if (!PLATFORMS.includes(platform)) throw invalidParameter(`Platform Reason: ${platform} is not supported`);
}

export function checkApplicationAttributes(attributes: Attributes): void {
  for (const name of Object.keys(attributes))
    if (!OF_APPLICATION.has(name)) throw invalidParameter(`Attributes Reason: Invalid attribute name: ${name}`);
}

/** ADM, and others that have two halves of a secret, want both. */
export function checkCredentials(platform: string, attributes: Attributes): void {
  const { PlatformCredential: credential, PlatformPrincipal: principal } = attributes;
  if (principal !== undefined && credential === undefined)
    throw invalidParameter("Attributes Reason: PlatformPrincipal attribute provided without PlatformCredential");
  if (credential !== undefined && principal === undefined && platform !== "GCM" && platform !== "FCM")
    throw invalidParameter("Attributes Reason: PlatformCredential attribute provided without PlatformPrincipal");
}

/** Secrets are never shown. */
export function shownApplication(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !SECRET.has(name)));
}

export function checkEndpointAttributes(attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (!OF_ENDPOINT.has(name)) throw invalidParameter(`Attributes Reason: Invalid attribute name: ${name}`);
    if (name === "CustomUserData") checkUserData(value);
    if (name === "Enabled" && !/^(?:true|false)$/i.test(value))
      throw invalidParameter("Attributes Reason: Invalid value for attribute: Enabled: must be true or false");
  }
}

export function checkUserData(data: string): void {
  if (Buffer.byteLength(data) > MOST_DATA) {
    throw invalidParameter(
      "Attributes Reason: Invalid value for attribute: CustomUserData: must be at most 2048 bytes long in UTF-8 encoding",
    );
  }
}

export function applicationAt(context: SnsContext, arn: string): PlatformApplication {
  const { account } = splitArn(arn, "PlatformApplicationArn");
  const found = storeOf(context, account).applications.get(arn);
  if (found === undefined) throw applicationDoesNotExist();
  return found;
}

export function deviceKey({ application, attributes }: Pick<PlatformEndpoint, "application" | "attributes">): string {
  return compositeKey(application, attributes["Token"] ?? "");
}

export function findEndpoint(context: SnsContext, arn: string): PlatformEndpoint | undefined {
  const { account, resource } = splitArn(arn, "EndpointArn");
  if (resource.split("/").length !== 4)
    throw invalidParameter("EndpointArn Reason: Wrong number of slashes in relative portion of the ARN.");
  const store = storeOf(context, account);
  const key = store.endpointArns.get(arn);
  return key === undefined ? undefined : store.endpoints.get(key);
}

export function endpointAt(context: SnsContext, arn: string): PlatformEndpoint {
  const found = findEndpoint(context, arn);
  if (found === undefined) throw endpointDoesNotExist();
  return found;
}
