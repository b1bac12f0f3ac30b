// Mobile push and text messages through the SDK client: what is kept, and what only the trace has, for no phone rings.

import {
  CheckIfPhoneNumberIsOptedOutCommand,
  CreatePlatformApplicationCommand,
  CreatePlatformEndpointCommand,
  CreateSMSSandboxPhoneNumberCommand,
  CreateTopicCommand,
  DeleteEndpointCommand,
  DeletePlatformApplicationCommand,
  DeleteSMSSandboxPhoneNumberCommand,
  GetEndpointAttributesCommand,
  GetPlatformApplicationAttributesCommand,
  GetSMSAttributesCommand,
  GetSMSSandboxAccountStatusCommand,
  ListEndpointsByPlatformApplicationCommand,
  ListOriginationNumbersCommand,
  ListPhoneNumbersOptedOutCommand,
  ListPlatformApplicationsCommand,
  ListSMSSandboxPhoneNumbersCommand,
  OptInPhoneNumberCommand,
  PublishCommand,
  SetEndpointAttributesCommand,
  SetPlatformApplicationAttributesCommand,
  SetSMSAttributesCommand,
  SNSClient,
  SubscribeCommand,
  VerifySMSSandboxPhoneNumberCommand,
} from "@aws-sdk/client-sns";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let sns: SNSClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "sns.mobile" });
  sns = new SNSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const invalid = (message: string): object =>
  expect.objectContaining({ name: "InvalidParameterException", message: `Invalid parameter: ${message}` });
const missing = (what: string): object =>
  expect.objectContaining({ name: "NotFoundException", message: `${what} does not exist` });
/** What would have reached a phone or an app. */
const noted = (destination: string): unknown =>
  cloud.trace.spans().findLast((span) => span.name === `sns.amazonaws.com -> ${destination}`)?.attributes["message"];

const SECRETS = { PlatformPrincipal: "principal", PlatformCredential: "credential" };

async function createApp(Name: string): Promise<string> {
  const { PlatformApplicationArn = "" } = await sns.send(
    new CreatePlatformApplicationCommand({ Name, Platform: "ADM", Attributes: SECRETS }),
  );
  return PlatformApplicationArn;
}
const createEndpoint = async (
  PlatformApplicationArn: string,
  Token: string,
  rest: { CustomUserData?: string; Attributes?: Record<string, string> } = {},
): Promise<string> =>
  (await sns.send(new CreatePlatformEndpointCommand({ PlatformApplicationArn, Token, ...rest }))).EndpointArn ?? "";
const appAttributes = async (PlatformApplicationArn: string): Promise<unknown> =>
  (await sns.send(new GetPlatformApplicationAttributesCommand({ PlatformApplicationArn }))).Attributes;
const endpointAttributes = async (EndpointArn: string): Promise<unknown> =>
  (await sns.send(new GetEndpointAttributesCommand({ EndpointArn }))).Attributes;

describe("apps", () => {
  test("are made, changed, listed without their secrets, and deleted", async () => {
    const arn = await createApp("app");
    expect(arn).toBe(`arn:aws:sns:us-east-1:${cloud.account}:app/ADM/app`);
    expect(await appAttributes(arn)).toEqual({ Enabled: "true" });
    const Attributes = { SuccessFeedbackSampleRate: "50" };
    await sns.send(new SetPlatformApplicationAttributesCommand({ PlatformApplicationArn: arn, Attributes }));
    expect((await sns.send(new ListPlatformApplicationsCommand({}))).PlatformApplications).toEqual([
      { PlatformApplicationArn: arn, Attributes: { Enabled: "true", SuccessFeedbackSampleRate: "50" } },
    ]);
    await sns.send(new DeletePlatformApplicationCommand({ PlatformApplicationArn: arn }));
    await sns.send(new DeletePlatformApplicationCommand({ PlatformApplicationArn: arn }));
    await expect(appAttributes(arn)).rejects.toEqual(missing("PlatformApplication"));
    await expect(
      sns.send(new ListEndpointsByPlatformApplicationCommand({ PlatformApplicationArn: arn })),
    ).rejects.toEqual(missing("PlatformApplication"));
    await expect(
      sns.send(new SetPlatformApplicationAttributesCommand({ PlatformApplicationArn: arn, Attributes })),
    ).rejects.toEqual(missing("PlatformApplication"));
  });

  test.each([
    ["a".repeat(257), "ADM", SECRETS, `${"a".repeat(257)} Reason: must be at most 256 characters long`],
    ["", "ADM", SECRETS, " Reason: cannot be empty"],
    [
      "@name",
      "ADM",
      SECRETS,
      "@name Reason: must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'",
    ],
    ["app", "AAA", SECRETS, "Platform Reason: AAA is not supported"],
    [
      "app",
      "ADM",
      { PlatformPrincipal: "p" },
      "Attributes Reason: PlatformPrincipal attribute provided without PlatformCredential",
    ],
    [
      "app",
      "ADM",
      { PlatformCredential: "c" },
      "Attributes Reason: PlatformCredential attribute provided without PlatformPrincipal",
    ],
    ["app", "ADM", { InvalidKey: "x" }, "Attributes Reason: Invalid attribute name: InvalidKey"],
  ])("cannot be made of %.10j on %s with %j", async (Name, Platform, Attributes, message) => {
    await expect(sns.send(new CreatePlatformApplicationCommand({ Name, Platform, Attributes }))).rejects.toEqual(
      invalid(message),
    );
  });

  test("without attributes break AWS's modelled constraint", async () => {
    await expect(
      sns.send(new CreatePlatformApplicationCommand({ Name: "app", Platform: "ADM", Attributes: undefined })),
    ).rejects.toMatchObject({
      name: "ValidationError",
      message:
        "1 validation error detected: Value null at 'attributes' failed to satisfy constraint: Member must not be null",
    });
  });
});

describe("devices", () => {
  test("have one endpoint for a token and its attributes", async () => {
    const app = await createApp("devices");
    const arn = await createEndpoint(app, "token_1");
    expect(arn).toMatch(new RegExp(`^arn:aws:sns:us-east-1:${cloud.account}:endpoint/ADM/devices/[0-9a-f-]{36}$`));
    expect(await createEndpoint(app, "token_1")).toBe(arn);
    await expect(createEndpoint(app, "token_1", { CustomUserData: "other" })).rejects.toEqual(
      invalid(`Token Reason: Endpoint ${arn} already exists with the same Token, but different attributes.`),
    );
    expect(await endpointAttributes(arn)).toEqual({ Enabled: "true", Token: "token_1" });
    await sns.send(new SetEndpointAttributesCommand({ EndpointArn: arn, Attributes: { Enabled: "false" } }));
    const { Endpoints } = await sns.send(
      new ListEndpointsByPlatformApplicationCommand({ PlatformApplicationArn: app }),
    );
    expect(Endpoints).toEqual([{ EndpointArn: arn, Attributes: { Enabled: "false", Token: "token_1" } }]);
    await sns.send(new DeleteEndpointCommand({ EndpointArn: arn }));
    await sns.send(new DeleteEndpointCommand({ EndpointArn: arn }));
    await expect(endpointAttributes(arn)).rejects.toEqual(missing("Endpoint"));
  });

  test("take the user data that is given beside the attributes", async () => {
    const app = await createApp("data");
    const arn = await createEndpoint(app, "token_1", { CustomUserData: "foo", Attributes: { CustomUserData: "bar" } });
    expect(await endpointAttributes(arn)).toEqual({ CustomUserData: "foo", Enabled: "true", Token: "token_1" });
  });

  test("have only AWS's attributes, and an app that is there", async () => {
    const app = await createApp("strict");
    const names = ["PlatformPrincipal", "PlatformCredential", "InvalidKey"];
    for (const name of names)
      await expect(createEndpoint(app, "t", { Attributes: { [name]: "x" } })).rejects.toEqual(
        invalid(`Attributes Reason: Invalid attribute name: ${name}`),
      );
    await expect(createEndpoint(app, "t", { Attributes: { CustomUserData: "x".repeat(2049) } })).rejects.toEqual(
      invalid(
        "Attributes Reason: Invalid value for attribute: CustomUserData: must be at most 2048 bytes long in UTF-8 encoding",
      ),
    );
    await expect(createEndpoint(`${app}x`, "t")).rejects.toEqual(missing("PlatformApplication"));
    await expect(endpointAttributes(app)).rejects.toEqual(
      invalid("EndpointArn Reason: Wrong number of slashes in relative portion of the ARN."),
    );
  });

  test("get what is published to them, as far as the trace", async () => {
    const app = await createApp("pushed");
    const arn = await createEndpoint(app, "token_1");
    const Message = JSON.stringify({ default: "for all", ADM: "for ADM" });
    await sns.send(new PublishCommand({ TargetArn: arn, Message, MessageStructure: "json" }));
    expect(noted(`application:${arn}`)).toBe("for ADM");
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "pushed" }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "application", Endpoint: arn }));
    await sns.send(new PublishCommand({ TopicArn, Message: "by topic" }));
    await cloud.settle();
    expect(noted(`application:${arn}`)).toBe("by topic");
    await sns.send(new SetEndpointAttributesCommand({ EndpointArn: arn, Attributes: { Enabled: "false" } }));
    await expect(sns.send(new PublishCommand({ TargetArn: arn, Message: "x" }))).rejects.toMatchObject({
      name: "EndpointDisabledException",
    });
  });
});

describe("text messages", () => {
  test("go to a phone as far as the trace", async () => {
    const { MessageId } = await sns.send(new PublishCommand({ PhoneNumber: "+15551234567", Message: "hello" }));
    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(noted("sms:+15551234567")).toBe("hello");
  });

  test.each(["+1a234", "NAA+15551234567"])("cannot go to %s", async (PhoneNumber) => {
    await expect(sns.send(new PublishCommand({ PhoneNumber, Message: "x" }))).rejects.toEqual(
      invalid(`PhoneNumber Reason: ${PhoneNumber} is not valid to publish to`),
    );
  });

  test("have settings for the account", async () => {
    const set = (attributes: Record<string, string>): Promise<object> =>
      sns.send(new SetSMSAttributesCommand({ attributes }));
    const get = async (attributes?: string[]): Promise<unknown> =>
      (await sns.send(new GetSMSAttributesCommand({ attributes }))).attributes;
    expect(await get()).toEqual({ MonthlySpendLimit: "1" });
    await set({ DefaultSMSType: "Promotional", DefaultSenderID: "LSTest", DeliveryStatusSuccessSamplingRate: "100" });
    expect(await get()).toEqual({
      DefaultSMSType: "Promotional",
      DefaultSenderID: "LSTest",
      DeliveryStatusSuccessSamplingRate: "100",
      MonthlySpendLimit: "1",
    });
    expect(await get(["DefaultSMSType", "DefaultSenderID"])).toEqual({
      DefaultSMSType: "Promotional",
      DefaultSenderID: "LSTest",
    });
    const cases: [Record<string, string>, string][] = [
      [{ InvalidAttribute: "x" }, "InvalidAttribute is not a valid attribute"],
      [{ DefaultSenderID: "ThisIsTooLong1" }, "DefaultSendID is not a valid attribute"],
      [{ DefaultSenderID: "123" }, "DefaultSendID is not a valid attribute"],
      [{ DefaultSMSType: "Other" }, "DefaultSMSType is invalid"],
    ];
    for (const [attributes, message] of cases) await expect(set(attributes)).rejects.toMatchObject({ message });
  });

  test("are wanted by every phone here", async () => {
    const phoneNumber = "+15551234567";
    const asked = await sns.send(new CheckIfPhoneNumberIsOptedOutCommand({ phoneNumber }));
    expect(asked.isOptedOut).toBe(false);
    await sns.send(new OptInPhoneNumberCommand({ phoneNumber }));
    expect((await sns.send(new ListPhoneNumbersOptedOutCommand({}))).phoneNumbers).toEqual([]);
    await expect(sns.send(new OptInPhoneNumberCommand({ phoneNumber: "nonsense" }))).rejects.toEqual(
      invalid("PhoneNumber Reason: input incorrectly formatted"),
    );
  });

  test("come from no number of the account's own", async () => {
    expect((await sns.send(new ListOriginationNumbersCommand({}))).PhoneNumbers).toEqual([]);
  });
});

test("a sandbox phone is verified with the password that the trace has", async () => {
  const PhoneNumber = "+15557654321";
  expect((await sns.send(new GetSMSSandboxAccountStatusCommand({}))).IsInSandbox).toBe(true);
  await sns.send(new CreateSMSSandboxPhoneNumberCommand({ PhoneNumber }));
  const list = async (): Promise<unknown> => (await sns.send(new ListSMSSandboxPhoneNumbersCommand({}))).PhoneNumbers;
  expect(await list()).toEqual([{ PhoneNumber, Status: "Pending" }]);
  const verify = (OneTimePassword: string): Promise<object> =>
    sns.send(new VerifySMSSandboxPhoneNumberCommand({ PhoneNumber, OneTimePassword }));
  const password = /(\d{6})/.exec(String(noted(`sms:${PhoneNumber}`)))?.[1] ?? "";
  await expect(verify(password === "00000" ? "11111" : "00000")).rejects.toMatchObject({
    name: "VerificationException",
  });
  await verify(password);
  expect(await list()).toEqual([{ PhoneNumber, Status: "Verified" }]);
  await sns.send(new DeleteSMSSandboxPhoneNumberCommand({ PhoneNumber }));
  await expect(sns.send(new DeleteSMSSandboxPhoneNumberCommand({ PhoneNumber }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});
