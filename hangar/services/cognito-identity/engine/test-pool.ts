// What the suites of identity pools share: pools with roles, a user pool behind them, and clients for whoever calls.

import {
  CognitoIdentity,
  type CognitoIdentityProvider,
  type CreateIdentityPoolCommandInput,
  type Credentials,
} from "@aws-sdk/client-cognito-identity";
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";
import { expect } from "vitest";
import type { RunningCloud } from "../../../index.ts";

export type Pool = { readonly IdentityPoolId: string; readonly guests: string; readonly users: string };
export type App = { readonly UserPoolId: string; readonly ClientId: string };
export type PoolWithUsers = Pool &
  App & { readonly Logins: Readonly<Record<string, string>>; readonly AccessToken: string };
type Settings = Partial<CreateIdentityPoolCommandInput>;

export type Pools = {
  readonly signed: CognitoIdentity;
  /** As a browser calls. */
  readonly unsigned: CognitoIdentity;
  readonly unsignedSts: STS;
  readonly userPools: CognitoIdentityProviderClient;
  /** A role that users and guests of all pools may take. */
  role(name: string): Promise<string>;
  trust(roleArn: string, condition: object, actions?: readonly string[]): Promise<void>;
  allow(roleArn: string, actions: readonly string[], condition?: object): Promise<void>;
  make(settings?: Settings): Promise<Pool>;
  /** With a user pool whose user ann is signed in; `before` runs ahead of that. */
  withUsers(
    settings?: Settings,
    provider?: Partial<CognitoIdentityProvider>,
    before?: (app: App) => Promise<void>,
  ): Promise<PoolWithUsers>;
  signedBy(credentials: Credentials | undefined): ReturnType<RunningCloud["clientConfig"]>;
};

const WEB_IDENTITY = ["sts:AssumeRoleWithWebIdentity"];
const PASSWORD = "Passw0rd!";
const nameOf = (arn: string): string => arn.split("/")[1] ?? "";

export function poolsOf(cloud: RunningCloud): Pools {
  const config = { ...cloud.clientConfig(), maxAttempts: 1 };
  const noSigner = { signer: { sign: async (request: never) => request } };
  const iam = new IAM(config);
  let made = 0;
  const userPools = new CognitoIdentityProviderClient(config);
  const pools: Pools = {
    signed: new CognitoIdentity(config),
    unsigned: new CognitoIdentity({ ...config, ...noSigner }),
    unsignedSts: new STS({ ...config, ...noSigner }),
    userPools,
    async role(RoleName) {
      const AssumeRolePolicyDocument = trustPolicy({}, WEB_IDENTITY);
      try {
        return (await iam.createRole({ RoleName, AssumeRolePolicyDocument })).Role?.Arn ?? "";
      } catch {
        return (await iam.getRole({ RoleName })).Role?.Arn ?? "";
      }
    },
    async trust(arn, condition, actions = WEB_IDENTITY) {
      await iam.updateAssumeRolePolicy({ RoleName: nameOf(arn), PolicyDocument: trustPolicy(condition, actions) });
    },
    async allow(arn, Action, Condition = {}) {
      const PolicyDocument = JSON.stringify({ Statement: { Effect: "Allow", Action, Resource: "*", Condition } });
      await iam.putRolePolicy({ RoleName: nameOf(arn), PolicyName: "allow", PolicyDocument });
    },
    async make(settings) {
      made += 1;
      const [users, guests] = [await pools.role(`users-${made}`), await pools.role(`guests-${made}`)];
      const wanted = { IdentityPoolName: "people", AllowUnauthenticatedIdentities: false, ...settings };
      const { IdentityPoolId = "" } = await pools.signed.createIdentityPool(wanted);
      const Roles = { authenticated: users, unauthenticated: guests };
      await pools.signed.setIdentityPoolRoles({ IdentityPoolId, Roles });
      return { IdentityPoolId, users, guests };
    },
    async withUsers(settings, provider, before) {
      const app = await newApp(userPools);
      await before?.(app);
      const ProviderName = `cognito-idp.us-east-1.amazonaws.com/${app.UserPoolId}`;
      const CognitoIdentityProviders = [{ ProviderName, ClientId: app.ClientId, ...provider }];
      const pool = await pools.make({ CognitoIdentityProviders, ...settings });
      const { AuthenticationResult: { IdToken = "", AccessToken = "" } = {} } = await userPools.send(
        new InitiateAuthCommand({
          ClientId: app.ClientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "ann", PASSWORD },
        }),
      );
      return { ...pool, ...app, Logins: { [ProviderName]: IdToken }, AccessToken };
    },
    signedBy: ({ AccessKeyId = "", SecretKey = "", SessionToken = "" } = {}) => ({
      ...config,
      credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretKey, sessionToken: SessionToken },
    }),
  };
  return pools;
}

async function newApp(userPools: CognitoIdentityProviderClient): Promise<App> {
  const { UserPool } = await userPools.send(new CreateUserPoolCommand({ PoolName: "people" }));
  const UserPoolId = UserPool?.Id ?? "";
  const ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH" as const, "ALLOW_REFRESH_TOKEN_AUTH" as const];
  const command = new CreateUserPoolClientCommand({ UserPoolId, ClientName: "web", ExplicitAuthFlows });
  const { UserPoolClient } = await userPools.send(command);
  const user = { UserPoolId, Username: "ann" };
  const UserAttributes = [{ Name: "email", Value: "ann@example.com" }];
  await userPools.send(new AdminCreateUserCommand({ ...user, UserAttributes, MessageAction: "SUPPRESS" }));
  await userPools.send(new AdminSetUserPasswordCommand({ ...user, Password: PASSWORD, Permanent: true }));
  return { UserPoolId, ClientId: UserPoolClient?.ClientId ?? "" };
}

function trustPolicy(Condition: object, Action: readonly string[]): string {
  const Principal = { Federated: "cognito-identity.amazonaws.com" };
  return JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Principal, Action, Condition } });
}

export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;
}

export const failure = (name: string, message: string): unknown => expect.objectContaining({ name, message });
