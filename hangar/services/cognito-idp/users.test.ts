// Users and groups as administrators keep them, through Cognito's own client.

import {
  AdminAddUserToGroupCommand,
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDeleteUserAttributesCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserAuthFactorsCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  CreateGroupCommand,
  CreateUserPoolCommand,
  DeleteGroupCommand,
  GetGroupCommand,
  ListGroupsCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
  UpdateGroupCommand,
  type AdminCreateUserCommandInput,
  type CreateUserPoolCommandInput,
  type UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import { suiteOf } from "./engine/test-app.ts";

const {
  cloud,
  apps: { cognito },
} = await suiteOf("cognito.users");

const failure = (name: string, message: string): unknown => expect.objectContaining({ name, message });
const email = (Value: string): object => ({ Name: "email", Value });

async function pool(input: Partial<CreateUserPoolCommandInput> = {}): Promise<string> {
  return (await cognito.send(new CreateUserPoolCommand({ PoolName: "people", ...input }))).UserPool?.Id ?? "";
}

async function create(
  UserPoolId: string,
  Username: string,
  more: Partial<AdminCreateUserCommandInput> = {},
): Promise<UserType> {
  return (await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username, ...more }))).User ?? {};
}

async function attributes(UserPoolId: string, Username: string): Promise<Record<string, string | undefined>> {
  const { UserAttributes = [] } = await cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
  return Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
}

function update(UserPoolId: string, Username: string, ...UserAttributes: object[]): Promise<unknown> {
  return cognito.send(
    new AdminUpdateUserAttributesCommand({
      UserPoolId,
      Username,
      UserAttributes: UserAttributes as { Name: string }[],
    }),
  );
}

describe("a user that an administrator creates", () => {
  test("must change the temporary password, and gets it by mail", async () => {
    const UserPoolId = await pool();
    const user = await create(UserPoolId, "ann", { UserAttributes: [email("ann@example.com")] as never });
    expect(user).toMatchObject({ Username: "ann", Enabled: true, UserStatus: "FORCE_CHANGE_PASSWORD" });
    const sent = cloud.trace.spans().find(({ name }) => name === "cognito-idp.amazonaws.com -> email:ann@example.com");
    expect(sent?.attributes).toMatchObject({
      userPoolId: UserPoolId,
      username: "ann",
      subject: "Your temporary password",
      message: expect.stringMatching(/^Your username is ann and temporary password is \S{8,}\. $/) as string,
    });
    expect(await cognito.send(new AdminGetUserCommand({ UserPoolId, Username: "ann" }))).toMatchObject({
      Username: "ann",
      UserStatus: "FORCE_CHANGE_PASSWORD",
    });
    await expect(create(UserPoolId, "ann")).rejects.toEqual(
      failure("UsernameExistsException", "User account already exists"),
    );
    await create(UserPoolId, "ann", { MessageAction: "RESEND" });
    await cognito.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username: "ann", Password: "Passw0rd!", Permanent: true }),
    );
    await expect(create(UserPoolId, "ann", { MessageAction: "RESEND" })).rejects.toEqual(
      failure("UnsupportedUserStateException", "Resend not possible. ann status is not FORCE_CHANGE_PASSWORD"),
    );
  });

  test.each([
    ["Ab1!", "Password not long enough"],
    ["passw0rd!", "Password must have uppercase characters"],
    ["PASSW0RD!", "Password must have lowercase characters"],
    ["Password!", "Password must have numeric characters"],
    ["Passw0rds", "Password must have symbol characters"],
  ])("may not have the password %s", async (TemporaryPassword, reason) => {
    const UserPoolId = await pool();
    await expect(create(UserPoolId, "bea", { TemporaryPassword })).rejects.toEqual(
      failure("InvalidPasswordException", `Password did not conform with policy: ${reason}`),
    );
    expect((await cognito.send(new ListUsersCommand({ UserPoolId }))).Users).toEqual([]);
  });

  test("is stopped, started, reset and deleted", async () => {
    const UserPoolId = await pool();
    const Username = "cid";
    const verified = [email("cid@example.com"), { Name: "email_verified", Value: "true" }] as never;
    await create(UserPoolId, Username, { UserAttributes: verified, MessageAction: "SUPPRESS" });
    const place = { UserPoolId, Username };
    await expect(cognito.send(new AdminResetUserPasswordCommand(place))).rejects.toEqual(
      failure("NotAuthorizedException", "User password cannot be reset in the current state."),
    );
    await expect(cognito.send(new AdminConfirmSignUpCommand(place))).rejects.toEqual(
      failure("NotAuthorizedException", "User cannot be confirmed. Current status is FORCE_CHANGE_PASSWORD"),
    );
    await cognito.send(new AdminSetUserPasswordCommand({ ...place, Password: "Passw0rd!", Permanent: true }));
    await cognito.send(new AdminResetUserPasswordCommand(place));
    await cognito.send(new AdminDisableUserCommand(place));
    const get = new AdminGetUserCommand(place);
    expect(await cognito.send(get)).toMatchObject({ UserStatus: "RESET_REQUIRED", Enabled: false });
    await cognito.send(new AdminEnableUserCommand(place));
    expect(await cognito.send(get)).toMatchObject({ Enabled: true });
    await cognito.send(new AdminDeleteUserCommand(place));
    await expect(cognito.send(get)).rejects.toEqual(failure("UserNotFoundException", "User does not exist."));
  });
});

describe("attributes", () => {
  test("are checked against the schema, all mistakes of a kind together", async () => {
    const UserPoolId = await pool({
      Schema: [
        { Name: "email", Required: true },
        { Name: "name", Required: true },
        { Name: "fixed", AttributeDataType: "String", Mutable: false },
        { Name: "level", AttributeDataType: "Number", NumberAttributeConstraints: { MaxValue: "5" } },
      ],
    });
    await expect(create(UserPoolId, "dan")).rejects.toEqual(
      failure(
        "InvalidParameterException",
        "Attributes did not conform to the schema: name: The attribute is required\nemail: The attribute is required\n",
      ),
    );
    const given = [email("dan@example.com"), { Name: "name", Value: "Dan" }, { Name: "custom:fixed", Value: "a" }];
    await create(UserPoolId, "dan", { UserAttributes: given as never });
    await expect(update(UserPoolId, "dan", { Name: "custom:none", Value: "1" })).rejects.toEqual(
      failure(
        "InvalidParameterException",
        "Attributes did not conform to the schema: custom:none: Attribute does not exist in the schema.\n",
      ),
    );
    await expect(update(UserPoolId, "dan", { Name: "custom:fixed", Value: "b" })).rejects.toEqual(
      failure("InvalidParameterException", "user.custom:fixed: Attribute cannot be updated.\n"),
    );
    await expect(update(UserPoolId, "dan", { Name: "custom:level", Value: "6" })).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
    await expect(update(UserPoolId, "dan", email("nobody"))).rejects.toEqual(
      failure("InvalidParameterException", "Invalid email address format."),
    );
    await update(UserPoolId, "dan", { Name: "custom:level", Value: "4" }, { Name: "nickname", Value: "D" });
    await cognito.send(
      new AdminDeleteUserAttributesCommand({ UserPoolId, Username: "dan", UserAttributeNames: ["nickname"] }),
    );
    expect(await attributes(UserPoolId, "dan")).toEqual({
      sub: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      email: "dan@example.com",
      email_verified: "false",
      name: "Dan",
      "custom:fixed": "a",
      "custom:level": "4",
    });
  });

  test("an address is the name where the pool says so, whatever its case", async () => {
    const UserPoolId = await pool({ UsernameAttributes: ["email"], UsernameConfiguration: { CaseSensitive: false } });
    await expect(create(UserPoolId, "eve")).rejects.toEqual(
      failure("InvalidParameterException", "Username should be an email."),
    );
    const { Username } = await create(UserPoolId, "Eve@example.com");
    expect(Username).toMatch(/^[0-9a-f-]{36}$/);
    expect(await attributes(UserPoolId, "EVE@example.com")).toMatchObject({ sub: Username, email: "Eve@example.com" });
    await expect(create(UserPoolId, "eve@example.com")).rejects.toEqual(
      failure("UsernameExistsException", "An account with the given email already exists."),
    );
  });

  test("an alias finds a user once it is verified, and is moved only by force", async () => {
    const UserPoolId = await pool({ AliasAttributes: ["email", "preferred_username"] });
    const verified = { UserAttributes: [email("f@example.com"), { Name: "email_verified", Value: "true" }] as never };
    await expect(create(UserPoolId, "f@example.com")).rejects.toMatchObject({ name: "InvalidParameterException" });
    await create(UserPoolId, "fay", { UserAttributes: [email("f@example.com")] as never });
    await expect(attributes(UserPoolId, "f@example.com")).rejects.toMatchObject({ name: "UserNotFoundException" });
    await update(UserPoolId, "fay", { Name: "email_verified", Value: "true" });
    expect(await attributes(UserPoolId, "f@example.com")).toMatchObject({ email_verified: "true" });
    await expect(create(UserPoolId, "fox", verified)).rejects.toMatchObject({ name: "AliasExistsException" });
    await create(UserPoolId, "fox", { ...verified, ForceAliasCreation: true });
    expect(await attributes(UserPoolId, "fay")).toMatchObject({ email_verified: "false" });
    const { sub } = await attributes(UserPoolId, "fox");
    expect(await attributes(UserPoolId, "f@example.com")).toMatchObject({ sub });
  });
});

test("users are listed in pages, and by filters", async () => {
  const UserPoolId = await pool();
  for (const name of ["gil", "gus", "hal"])
    await create(UserPoolId, name, { UserAttributes: [email(`${name}@x.org`)] as never });
  const list = async (input: object): Promise<(string | undefined)[]> =>
    ((await cognito.send(new ListUsersCommand({ UserPoolId, ...input }))).Users ?? []).map(({ Username }) => Username);
  const first = await cognito.send(new ListUsersCommand({ UserPoolId, Limit: 2 }));
  expect(first.Users).toHaveLength(2);
  expect(await list({ Limit: 2, PaginationToken: first.PaginationToken })).toEqual(["hal"]);
  expect(await list({ Filter: 'username ^= "g"' })).toEqual(["gil", "gus"]);
  expect(await list({ Filter: 'email = "hal@x.org"' })).toEqual(["hal"]);
  expect(await list({ Filter: 'cognito:user_status = "CONFIRMED"' })).toEqual([]);
  const { Users } = await cognito.send(
    new ListUsersCommand({ UserPoolId, Filter: 'status = "Enabled"', AttributesToGet: ["email"], Limit: 1 }),
  );
  expect(Users?.[0]?.Attributes).toEqual([{ Name: "email", Value: "gil@x.org" }]);
  await expect(list({ Filter: "foo" })).rejects.toEqual(
    failure("InvalidParameterException", "Error while parsing filter."),
  );
  await expect(list({ Filter: 'custom:a = "1"' })).rejects.toMatchObject({ name: "InvalidParameterException" });
});

test("users are in groups, the groups in order", async () => {
  const UserPoolId = await pool();
  await create(UserPoolId, "ida");
  const group = { UserPoolId, GroupName: "pilots" };
  await cognito.send(new CreateGroupCommand({ ...group, Precedence: 2, Description: "who fly" }));
  await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: "admins" }));
  await expect(cognito.send(new CreateGroupCommand(group))).rejects.toEqual(
    failure("GroupExistsException", "A group with the name pilots already exists."),
  );
  await cognito.send(new UpdateGroupCommand({ ...group, Precedence: 1 }));
  expect((await cognito.send(new GetGroupCommand(group))).Group).toMatchObject({
    Precedence: 1,
    Description: "who fly",
  });
  expect((await cognito.send(new ListGroupsCommand({ UserPoolId }))).Groups?.map((each) => each.GroupName)).toEqual([
    "admins",
    "pilots",
  ]);
  const membership = { ...group, Username: "ida" };
  await cognito.send(new AdminAddUserToGroupCommand(membership));
  const users = async (): Promise<unknown> =>
    (await cognito.send(new ListUsersInGroupCommand(group))).Users?.map(({ Username }) => Username);
  const groups = async (): Promise<unknown> =>
    (await cognito.send(new AdminListGroupsForUserCommand({ UserPoolId, Username: "ida" }))).Groups?.map(
      (each) => each.GroupName,
    );
  expect([await users(), await groups()]).toEqual([["ida"], ["pilots"]]);
  await cognito.send(new AdminRemoveUserFromGroupCommand(membership));
  expect([await users(), await groups()]).toEqual([[], []]);
  await cognito.send(new AdminAddUserToGroupCommand(membership));
  await cognito.send(new DeleteGroupCommand(group));
  expect(await groups()).toEqual([]);
  await expect(cognito.send(new GetGroupCommand(group))).rejects.toEqual(
    failure("ResourceNotFoundException", "Group not found."),
  );
});

test("a second factor is turned on once the user has it", async () => {
  const UserPoolId = await pool();
  await create(UserPoolId, "jan", { UserAttributes: [{ Name: "phone_number", Value: "+15555550100" }] });
  const place = { UserPoolId, Username: "jan" };
  const Enabled = true;
  await expect(
    cognito.send(new AdminSetUserMFAPreferenceCommand({ ...place, SoftwareTokenMfaSettings: { Enabled } })),
  ).rejects.toEqual(failure("InvalidParameterException", "User has not verified software token mfa"));
  await cognito.send(
    new AdminSetUserMFAPreferenceCommand({ ...place, SMSMfaSettings: { Enabled, PreferredMfa: true } }),
  );
  expect(await cognito.send(new AdminGetUserAuthFactorsCommand(place))).toMatchObject({
    Username: "jan",
    PreferredMfaSetting: "SMS_MFA",
    UserMFASettingList: ["SMS_MFA"],
    ConfiguredUserAuthFactors: ["PASSWORD"],
  });
});
