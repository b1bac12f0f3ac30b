// Pools through Cognito's own client: settings, schema, tags, what is refused.

import {
  AddCustomAttributesCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DeleteUserPoolCommand,
  DeleteUserPoolDomainCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListTagsForResourceCommand,
  ListUserPoolsCommand,
  SetUserPoolMfaConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateUserPoolCommand,
  type CreateUserPoolCommandInput,
  type UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import { suiteOf } from "./engine/test-app.ts";

const {
  apps: { cognito },
} = await suiteOf("cognito.pools");

const failure = (name: string, message: string): unknown => expect.objectContaining({ name, message });

async function pool(input: Partial<CreateUserPoolCommandInput> = {}): Promise<UserPoolType & { Id: string }> {
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "people", ...input }));
  return { ...UserPool, Id: UserPool?.Id ?? "" };
}

async function described(UserPoolId: string): Promise<UserPoolType | undefined> {
  return (await cognito.send(new DescribeUserPoolCommand({ UserPoolId }))).UserPool;
}

describe("a user pool", () => {
  test("has AWS's defaults", async () => {
    const { Id, ...made } = await pool();
    expect(Id).toMatch(/^us-east-1_[A-Za-z0-9]{9}$/);
    expect(made).toMatchObject({
      Name: "people",
      Arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${Id}`,
      Policies: {
        PasswordPolicy: {
          MinimumLength: 8,
          RequireUppercase: true,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          TemporaryPasswordValidityDays: 7,
        },
      },
      DeletionProtection: "INACTIVE",
      MfaConfiguration: "OFF",
      LambdaConfig: {},
      EstimatedNumberOfUsers: 0,
      EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT" },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
      VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_CODE" },
    });
    expect(made.SchemaAttributes?.map(({ Name }) => Name)).toEqual(
      expect.arrayContaining(["sub", "email", "email_verified", "phone_number", "updated_at"]),
    );
    expect(await described(Id)).toEqual({ Id, ...made });
  });

  test("goes back to defaults for what an update does not name, and keeps what can never change", async () => {
    const { Id } = await pool({ UsernameAttributes: ["email"], AutoVerifiedAttributes: ["email"] });
    await cognito.send(
      new UpdateUserPoolCommand({
        UserPoolId: Id,
        PoolName: "others",
        Policies: { PasswordPolicy: { MinimumLength: 12 } },
      }),
    );
    const found = await described(Id);
    expect(found).toMatchObject({ Name: "others", UsernameAttributes: ["email"] });
    expect(found?.AutoVerifiedAttributes).toBeUndefined();
    expect(found?.Policies?.PasswordPolicy).toMatchObject({ MinimumLength: 12, RequireSymbols: false });
  });

  test("is not deleted while it is protected, or has a domain", async () => {
    const { Id } = await pool({ DeletionProtection: "ACTIVE" });
    const gone = (): Promise<unknown> => cognito.send(new DeleteUserPoolCommand({ UserPoolId: Id }));
    await expect(gone()).rejects.toEqual(
      failure(
        "InvalidParameterException",
        "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
      ),
    );
    await cognito.send(new UpdateUserPoolCommand({ UserPoolId: Id, DeletionProtection: "INACTIVE" }));
    await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId: Id, Domain: "protected-people" }));
    await expect(gone()).rejects.toEqual(
      failure(
        "InvalidParameterException",
        "User pool cannot be deleted. It has a domain configured that should be deleted first.",
      ),
    );
    await cognito.send(new DeleteUserPoolDomainCommand({ UserPoolId: Id, Domain: "protected-people" }));
    await gone();
    await expect(described(Id)).rejects.toEqual(
      failure("ResourceNotFoundException", `User pool ${Id} does not exist.`),
    );
  });

  test("has custom attributes, which never clash", async () => {
    const { Id } = await pool({
      Schema: [
        { Name: "email", Required: true, Mutable: false },
        { Name: "tenant", AttributeDataType: "String", StringAttributeConstraints: { MaxLength: "10" } },
      ],
    });
    await cognito.send(
      new AddCustomAttributesCommand({
        UserPoolId: Id,
        CustomAttributes: [{ Name: "level", AttributeDataType: "Number", Mutable: true }],
      }),
    );
    const schema = (await described(Id))?.SchemaAttributes ?? [];
    const named = (name: string): unknown => schema.find(({ Name }) => Name === name);
    expect(named("email")).toMatchObject({ Required: true, Mutable: false });
    expect(named("custom:tenant")).toMatchObject({ AttributeDataType: "String", Required: false });
    expect(named("custom:level")).toMatchObject({ AttributeDataType: "Number", Mutable: true });
    await expect(
      cognito.send(
        new AddCustomAttributesCommand({
          UserPoolId: Id,
          CustomAttributes: [{ Name: "level", AttributeDataType: "String" }],
        }),
      ),
    ).rejects.toEqual(
      failure("InvalidParameterException", "custom:level: Existing attribute already has name custom:level."),
    );
  });

  test("asks for second factors once it can send or check them", async () => {
    const { Id } = await pool();
    await expect(
      cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId: Id, MfaConfiguration: "ON" })),
    ).rejects.toMatchObject({ name: "InvalidParameterException" });
    await cognito.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: Id,
        MfaConfiguration: "OPTIONAL",
        SoftwareTokenMfaConfiguration: { Enabled: true },
      }),
    );
    expect(await cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId: Id }))).toMatchObject({
      MfaConfiguration: "OPTIONAL",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
  });

  test("carries tags", async () => {
    const { Id, Arn: ResourceArn } = await pool({ UserPoolTags: { team: "air" } });
    await cognito.send(new TagResourceCommand({ ResourceArn, Tags: { stage: "dev" } }));
    await cognito.send(new UntagResourceCommand({ ResourceArn, TagKeys: ["team"] }));
    expect((await cognito.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags).toEqual({ stage: "dev" });
    expect((await described(Id))?.UserPoolTags).toEqual({ stage: "dev" });
  });

  test("what is not emulated is refused by name before anything is made", async () => {
    await expect(pool({ UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" } })).rejects.toMatchObject({
      name: "NotEmulated",
      message: expect.stringContaining("threat protection") as string,
    });
    const LambdaArn = "arn:aws:lambda:us-east-1:000000000000:function:sender";
    await expect(
      pool({ LambdaConfig: { InboundFederation: { LambdaVersion: "V1_0", LambdaArn } } }),
    ).rejects.toMatchObject({ name: "NotEmulated" });
    await expect(pool({ PoolName: "" })).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringContaining("2 validation errors detected: Value '' at 'poolName'") as string,
    });
  });

  test("pools are listed in pages", async () => {
    const ids = new Set<string>();
    let NextToken: string | undefined;
    do {
      const page = await cognito.send(new ListUserPoolsCommand({ MaxResults: 2, NextToken }));
      expect(page.UserPools?.length).toBeLessThanOrEqual(2);
      for (const { Id = "" } of page.UserPools ?? []) ids.add(Id);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(ids.size).toBeGreaterThan(3);
  });
});
