// Functions that send codes themselves: what they are told, and that they can read it as the AWS Encryption SDK would.

import {
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  CreateUserPoolCommand,
  SignUpCommand,
  type LambdaConfigType,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateKeyCommand, DisableKeyCommand, KMSClient, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import { expect, test } from "vitest";
import { failure, PASSWORD, suiteOf } from "./engine/test-app.ts";
import { functionsOf } from "./engine/test-triggers.ts";

const { cloud, apps } = await suiteOf("cognito.senders", true);
const functions = await functionsOf(cloud);
const kms = new KMSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
const iam = new IAMClient(cloud.clientConfig());

const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });

async function newKey(): Promise<string> {
  return (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? "";
}

/** Reads the message by its published format, with nothing of ours: header, frame and signature are checked. */
const READ = `
  const { createDecipheriv, createPublicKey, hkdfSync, verify, ECDH } = require("node:crypto");
  const { KMSClient, DecryptCommand } = require("@aws-sdk/client-kms");
  const bytes = Buffer.from(event.request.code, "base64");
  let at = 0;
  const take = (length) => bytes.subarray(at, (at += length));
  const number = (size) => take(size).readUIntBE(0, size);
  const start = [number(1), number(1), number(2)].join();
  if (start !== "1,128,888") throw new Error("not the suite: " + start);
  const id = take(16);
  number(2);
  const context = {};
  for (let left = number(2); left > 0; left--) context[take(number(2)).toString()] = take(number(2)).toString();
  if (number(2) !== 1) throw new Error("one key is expected");
  const provider = take(number(2)).toString(), keyArn = take(number(2)).toString(), sealedKey = take(number(2));
  if (number(1) !== 2 || number(4) !== 0 || number(1) !== 12 || number(4) !== 4096) throw new Error("not framed");
  const header = bytes.subarray(0, at);
  const { Plaintext } = await new KMSClient({}).send(new DecryptCommand({ CiphertextBlob: sealedKey, EncryptionContext: context }));
  const key = Buffer.from(hkdfSync("sha384", Plaintext, Buffer.alloc(0), Buffer.concat([Buffer.from([3, 0x78]), id]), 32));
  const open = (iv, told, body, tag) => {
    const decipher = createDecipheriv("aes-256-gcm", key, iv);
    decipher.setAAD(told);
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  };
  open(take(12), header, Buffer.alloc(0), take(16));
  if (number(4) !== 0xffffffff) throw new Error("not the last frame");
  const order = take(4), iv = take(12), length = number(4), body = take(length), tag = take(16);
  const size = Buffer.alloc(8);
  size.writeUInt32BE(length, 4);
  const text = open(iv, Buffer.concat([id, Buffer.from("AWSKMSEncryptionClient Final Frame"), order, size]), body, tag).toString();
  const signed = bytes.subarray(0, at);
  const point = ECDH.convertKey(context["aws-crypto-public-key"], "secp384r1", "base64", "buffer", "uncompressed");
  const jwk = { kty: "EC", crv: "P-384", x: point.subarray(1, 49).toString("base64url"), y: point.subarray(49).toString("base64url") };
  const good = verify("sha384", signed, createPublicKey({ key: jwk, format: "jwk" }), take(number(2)));
  if (!good || at !== bytes.length) throw new Error("signature");
  console.log("read " + JSON.stringify({ text, provider, keyArn, pool: context["userpool-id"] }));`;

const KMSKeyID = await newKey();
const PolicyDocument = document({ Effect: "Allow", Action: "kms:Decrypt", Resource: KMSKeyID });
await iam.send(new PutRolePolicyCommand({ RoleName: "functions", PolicyName: "keys", PolicyDocument }));
const LambdaArn = await functions.make("sender", READ);
const sender = { LambdaArn, LambdaVersion: "V1_0" } as const;
const LambdaConfig: LambdaConfigType = { CustomEmailSender: sender, CustomSMSSender: sender, KMSKeyID };

type Read = { readonly text: string; readonly provider: string; readonly keyArn: string; readonly pool: string };

test("a sender gets the code sealed by the Encryption SDK, and what it reads confirms the user", async () => {
  const to = await apps.empty({ pool: { LambdaConfig, AutoVerifiedAttributes: ["email"] } });
  const user = { ClientId: to.ClientId, Username: "ann" };
  const UserAttributes = [{ Name: "email", Value: "ann@example.com" }];
  const ClientMetadata = { from: "test" };
  const signUp = new SignUpCommand({ ...user, Password: PASSWORD, UserAttributes, ClientMetadata });
  expect(await apps.cognito.send(signUp)).toMatchObject({
    CodeDeliveryDetails: { Destination: "a***@e***", DeliveryMedium: "EMAIL", AttributeName: "email" },
  });
  expect((await functions.told("sender")).at(-1)).toEqual({
    version: "1",
    region: "us-east-1",
    userPoolId: to.UserPoolId,
    userName: "ann",
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: to.ClientId },
    triggerSource: "CustomEmailSender_SignUp",
    request: {
      type: "customEmailSenderRequestV1",
      code: expect.stringMatching(/^AYADe[\w+/]+=*$/) as string,
      clientMetadata: ClientMetadata,
      userAttributes: {
        sub: expect.any(String) as string,
        "cognito:user_status": "UNCONFIRMED",
        email: "ann@example.com",
        email_verified: "false",
      },
    },
  });
  const { text: ConfirmationCode, ...read } = await functions.said<Read>("sender", "read ");
  expect(read).toEqual({ provider: "aws-kms", keyArn: KMSKeyID, pool: to.UserPoolId });
  await apps.cognito.send(new ConfirmSignUpCommand({ ...user, ConfirmationCode }));
  expect(await apps.tokens(to)).toHaveProperty("IdToken");
});

test("temporary passwords are escaped in mail, not on phones", async () => {
  const { UserPoolId } = await apps.empty({ pool: { LambdaConfig } });
  const TemporaryPassword = "A<b>&1passw0rd";
  const invite = (Username: string, Name: string, Value: string): Promise<unknown> =>
    apps.cognito.send(
      new AdminCreateUserCommand({ UserPoolId, Username, TemporaryPassword, UserAttributes: [{ Name, Value }] }),
    );
  await invite("bob", "email", "bob@example.com");
  expect((await functions.told("sender")).at(-1)?.triggerSource).toBe("CustomEmailSender_AdminCreateUser");
  expect((await functions.said<Read>("sender", "read ")).text).toBe("A&lt;b&gt;&amp;1passw0rd");
  await invite("cid", "phone_number", "+15555550100");
  expect((await functions.told("sender")).at(-1)).toMatchObject({
    triggerSource: "CustomSMSSender_AdminCreateUser",
    callerContext: { clientId: "CLIENT_ID_NOT_APPLICABLE" },
    request: { type: "customSMSSenderRequestV1", clientMetadata: null },
  });
  expect((await functions.said<Read>("sender", "read ")).text).toBe(TemporaryPassword);
});

test("a sender needs a key, and a key that cannot be used is told of", async () => {
  const without = apps.empty({ pool: { LambdaConfig: { CustomEmailSender: sender } } });
  await expect(without).rejects.toMatchObject({ name: "InvalidParameterException" });
  const key = await newKey();
  const to = await apps.empty({ pool: { LambdaConfig: { CustomEmailSender: sender, KMSKeyID: key } } });
  await kms.send(new DisableKeyCommand({ KeyId: key }));
  const UserAttributes = [{ Name: "email", Value: "dot@example.com" }];
  const invited = apps.cognito.send(
    new AdminCreateUserCommand({ UserPoolId: to.UserPoolId, Username: "dot", UserAttributes }),
  );
  await expect(invited).rejects.toEqual(
    failure("UnexpectedLambdaException", "CustomEmailSender invocation failed due to error DisabledException."),
  );
});

test("whoever gives a pool its key must be allowed to grant its use", async () => {
  const key = await newKey();
  await iam.send(new CreateUserCommand({ UserName: "maker" }));
  const PoolPolicy = document({ Effect: "Allow", Action: "cognito-idp:*", Resource: "*" });
  const policy = { UserName: "maker", PolicyName: "pools", PolicyDocument: PoolPolicy };
  await iam.send(new PutUserPolicyCommand(policy));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "maker" }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  const maker = new CognitoIdentityProviderClient({ ...cloud.clientConfig(), credentials, maxAttempts: 1 });
  const create = new CreateUserPoolCommand({
    PoolName: "sealed",
    LambdaConfig: { CustomEmailSender: sender, KMSKeyID: key },
  });
  await expect(maker.send(create)).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: expect.stringContaining("kms:CreateGrant") as string,
  });
  const root = {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::000000000000:root" },
    Action: "kms:*",
    Resource: "*",
  };
  // As AWS's guide has it: the grant's constraint is the condition.
  const granting = {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::000000000000:user/maker" },
    Action: "kms:CreateGrant",
    Resource: "*",
    Condition: { StringLike: { "kms:EncryptionContext:userpool-id": "us-east-1_*" } },
  };
  await kms.send(new PutKeyPolicyCommand({ KeyId: key, Policy: document(root, granting) }));
  expect((await maker.send(create)).UserPool?.LambdaConfig?.KMSKeyID).toBe(key);
});
