// What the suites of sign-ins share: a pool with an app and a user, ways to sign in, and the codes that were sent.

import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  type AuthenticationResultType,
  type AuthFlowType,
  type ChallengeNameType,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  type InitiateAuthCommandOutput,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, expect } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

export const PASSWORD = "Passw0rd!";

export type App = { readonly UserPoolId: string; readonly ClientId: string; readonly secret: string };

export type AppOptions = {
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly client?: Partial<CreateUserPoolClientCommandInput>;
};

type Parameters = Readonly<Record<string, string>>;
type Asked = { readonly Session?: string | undefined; readonly ChallengeName?: ChallengeNameType | undefined };

export type Apps = {
  readonly cognito: CognitoIdentityProviderClient;
  /** Without users. */
  empty(options?: AppOptions): Promise<App>;
  /** With one confirmed user, ann, whose mail address is verified. */
  make(options?: AppOptions): Promise<App>;
  begin(to: App, parameters: Parameters, flow?: AuthFlowType): Promise<InitiateAuthCommandOutput>;
  /** ann, unless it is another, by password. */
  signIn(to: App, username?: string, password?: string): Promise<InitiateAuthCommandOutput>;
  tokens(to: App, username?: string, password?: string): Promise<AuthenticationResultType>;
  /** ann's answer. */
  answer(to: App, asked: Asked, responses: Parameters): Promise<InitiateAuthCommandOutput>;
  /** The last code that went to an address of the pool's users: the trace has it. */
  codeTo(to: App, address: string): string;
};

const ExplicitAuthFlows: CreateUserPoolClientCommandInput["ExplicitAuthFlows"] = [
  "ALLOW_USER_PASSWORD_AUTH",
  "ALLOW_USER_SRP_AUTH",
  "ALLOW_ADMIN_USER_PASSWORD_AUTH",
  "ALLOW_CUSTOM_AUTH",
  "ALLOW_USER_AUTH",
  "ALLOW_REFRESH_TOKEN_AUTH",
];

export function appsOf(cloud: RunningCloud): Apps {
  const cognito = new CognitoIdentityProviderClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const apps: Apps = {
    cognito,
    async empty({ pool, client } = {}) {
      const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "people", ...pool }));
      const UserPoolId = UserPool?.Id ?? "";
      const command = new CreateUserPoolClientCommand({ UserPoolId, ClientName: "web", ExplicitAuthFlows, ...client });
      const { UserPoolClient } = await cognito.send(command);
      return { UserPoolId, ClientId: UserPoolClient?.ClientId ?? "", secret: UserPoolClient?.ClientSecret ?? "" };
    },
    async make(options) {
      const to = await apps.empty(options);
      const user = { UserPoolId: to.UserPoolId, Username: "ann" };
      const UserAttributes = [
        { Name: "email", Value: "ann@example.com" },
        { Name: "email_verified", Value: "true" },
        { Name: "phone_number", Value: "+15555550100" },
      ];
      await cognito.send(new AdminCreateUserCommand({ ...user, UserAttributes, MessageAction: "SUPPRESS" }));
      await cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: PASSWORD, Permanent: true }));
      return to;
    },
    begin({ ClientId }, AuthParameters, AuthFlow = "USER_PASSWORD_AUTH") {
      return cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow, AuthParameters }));
    },
    signIn: (to, username = "ann", password = PASSWORD) => apps.begin(to, { USERNAME: username, PASSWORD: password }),
    tokens: async (to, username, password) => (await apps.signIn(to, username, password)).AuthenticationResult ?? {},
    answer({ ClientId }, { Session, ChallengeName }, responses) {
      const ChallengeResponses = { USERNAME: "ann", ...responses };
      return cognito.send(new RespondToAuthChallengeCommand({ ClientId, ChallengeName, Session, ChallengeResponses }));
    },
    codeTo({ UserPoolId }, address) {
      const sent = cloud.trace
        .spans()
        .findLast(({ name, attributes }) => name.endsWith(`:${address}`) && attributes["userPoolId"] === UserPoolId);
      return String(sent?.attributes["code"]);
    },
  };
  return apps;
}

/** A suite's own cloud, which must end without a bug of ours. With `doors` it listens, for whoever calls plain addresses. */
export async function suiteOf(
  seed: string,
  doors = false,
): Promise<{ readonly cloud: RunningCloud; readonly apps: Apps }> {
  const cloud = await startCloud(doors ? { port: 0, seed } : { listen: false, seed });
  if (doors) await openDoors(cloud);
  afterAll(async () => {
    expect(cloud.bugs).toEqual([]);
    await cloud.close();
  });
  return { cloud, apps: appsOf(cloud) };
}

/** Loads what answers at plain addresses: under a test runner on a busy machine that takes its time. */
async function openDoors(cloud: RunningCloud): Promise<void> {
  await fetch(`${cloud.endpoint}/us-east-1_nobody/.well-known/jwks.json`);
}

export function claimsOf(token = ""): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;
}

export const failure = (name: string, message: string): unknown => expect.objectContaining({ name, message });
