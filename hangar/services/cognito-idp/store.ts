// The tables of Cognito user pools: pools and what belongs to them, users, codes, sessions of sign-ins and tokens.

import { operationsOn, table, type Context, type Store } from "../../cloud/operation.ts";
import type { SigningKeyRow } from "../../kernel/json-web-token.ts";
import { compositeKey } from "../../kernel/table.ts";
import type {
  CreateUserPoolRequest,
  CreateUserPoolClientRequest,
  DomainDescriptionType,
  EmailMfaConfigType,
  ResourceServerType,
  SchemaAttributeType,
  WebAuthnConfigurationType,
} from "../../models/cognito-idp.d.ts";
import type { DeviceKeys, DeviceRow } from "./rules/device.ts";
import type { IdentityProviderRow } from "./rules/identity-provider.ts";
import type { LoginBrandingRow } from "./rules/login-branding.ts";
import type { OfferedPasskey, PasskeyRow } from "./rules/passkey.ts";
import type { UiCustomizationRow } from "./rules/ui-customization.ts";

/** Times are milliseconds. What only Create and Update set is kept as it was given. */
export type PoolRow = {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly created: number;
  readonly modified: number;
  readonly settings: PoolSettings;
  readonly schema: readonly SchemaAttributeType[];
  readonly tags: Readonly<Record<string, string>>;
  readonly softwareTokens: boolean;
  readonly emailMfa?: EmailMfaConfigType | undefined;
  readonly webAuthn?: WebAuthnConfigurationType | undefined;
};

export type PoolSettings = Omit<CreateUserPoolRequest, "Schema" | "UserPoolTags">;

export type ClientRow = {
  readonly id: string;
  readonly pool: string;
  readonly created: number;
  readonly modified: number;
  readonly settings: Omit<CreateUserPoolClientRequest, "GenerateSecret" | "ClientSecret" | "UserPoolId">;
  /** The first is the one that Describe shows. */
  readonly secrets: readonly ClientSecret[];
};

export type ClientSecret = { readonly id: string; readonly value: string; readonly created: number };

export type DomainRow = DomainDescriptionType & { readonly Domain: string; readonly UserPoolId: string };

export type ResourceServerRow = ResourceServerType & { readonly Identifier: string };

export type GroupRow = {
  readonly name: string;
  readonly description?: string | undefined;
  readonly role?: string | undefined;
  readonly precedence?: number | undefined;
  readonly created: number;
  readonly modified: number;
};

export type UserStatus = "UNCONFIRMED" | "CONFIRMED" | "FORCE_CHANGE_PASSWORD" | "RESET_REQUIRED" | "EXTERNAL_PROVIDER";

/** SRP's: the password itself is kept nowhere. Hexadecimal. */
export type Verifier = { readonly salt: string; readonly verifier: string };

export type MfaPreference = {
  readonly sms: boolean;
  readonly email: boolean;
  readonly software: boolean;
  readonly preferred?: "SMS_MFA" | "EMAIL_OTP" | "SOFTWARE_TOKEN_MFA" | undefined;
};

export type UserRow = {
  readonly username: string;
  readonly sub: string;
  /** All but `sub`, in the order in which they came. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Values that wait until their codes are given (AttributesRequireVerificationBeforeUpdate). */
  readonly pending?: Readonly<Record<string, string>> | undefined;
  readonly status: UserStatus;
  readonly enabled: boolean;
  readonly created: number;
  readonly modified: number;
  readonly password?: Verifier | undefined;
  readonly passwordHistory: readonly Verifier[];
  /** When a temporary password was set. */
  readonly temporarySince?: number | undefined;
  readonly mfa: MfaPreference;
  /** Base32. */
  readonly totp?: string | undefined;
  /** A secret that waits until the user shows a code of it. */
  readonly totpOffered?: string | undefined;
  readonly totpName?: string | undefined;
  /** The step whose code was used last: no code counts twice. */
  readonly totpUsed?: number | undefined;
  readonly passkeys?: readonly PasskeyRow[] | undefined;
  readonly passkeyOffered?: OfferedPasskey | undefined;
  /** Failed sign-ins since the last good one, and until when no further one is looked at. */
  readonly failures?: { readonly count: number; readonly until: number } | undefined;
};

export type CodePurpose = "confirm" | "forgot" | `verify:${string}`;

export type CodeRow = {
  readonly code: string;
  readonly expires: number;
  readonly tries: number;
  /** What it proves when it is given: an attribute's name. */
  readonly attribute?: string | undefined;
  /** Last sendings, for the limit. */
  readonly sent: readonly number[];
};

export type ChallengeRound = {
  readonly challengeName: string;
  readonly challengeResult: boolean;
  readonly challengeMetadata?: string | undefined;
};

/** A sign-in that waits for the answer to a challenge. */
export type SessionRow = {
  readonly pool: string;
  readonly client: string;
  /** What the user was asked for by. */
  readonly username: string;
  /** Absent where the pool does not tell that there is none. */
  readonly user?: string | undefined;
  readonly challenge: string;
  readonly expires: number;
  readonly srp?: { readonly a: string; readonly b: string; readonly verifier: Verifier; readonly poolName: string };
  readonly code?: string | undefined;
  readonly tries?: number | undefined;
  /** A software token's secret that is being set up. */
  readonly secret?: string | undefined;
  readonly verified?: boolean | undefined;
  readonly rounds?: readonly ChallengeRound[] | undefined;
  readonly privateParameters?: Readonly<Record<string, string>> | undefined;
  readonly metadata?: string | undefined;
  readonly choices?: readonly string[] | undefined;
  /** Of a session that is used: the one in which the device has to prove itself. */
  readonly next?: string | undefined;
  /** The key of the device that has to prove itself. */
  readonly device?: string | undefined;
  /** Whether functions decide what is asked. */
  readonly custom?: boolean | undefined;
};

/** All tokens that one sign-in led to. */
export type SignInRow = {
  readonly id: string;
  readonly pool: string;
  readonly client: string;
  readonly user: string;
  readonly at: number;
  readonly originJti: string;
  /** Hashes of its refresh tokens. */
  readonly refresh: readonly string[];
  readonly scopes?: readonly string[] | undefined;
  readonly nonce?: string | undefined;
  readonly device?: DeviceKeys | undefined;
  readonly revoked?: true | undefined;
  readonly expires: number;
};

export type RefreshRow = {
  readonly signIn: string;
  readonly pool: string;
  readonly user: string;
  readonly expires: number;
  /** Until when a token that was replaced is still good. */
  readonly graceUntil?: number | undefined;
};

/** What the hosted pages hand out for tokens. */
export type AuthorizationCodeRow = {
  readonly pool: string;
  readonly user: string;
  readonly client: string;
  readonly redirect: string;
  readonly scopes: readonly string[];
  readonly nonce?: string | undefined;
  readonly challenge?: string | undefined;
  /** When the user signed in. */
  readonly at: number;
  readonly expires: number;
};

/** A browser that signed in on the hosted pages. */
export type BrowserRow = {
  readonly pool: string;
  readonly user: string;
  readonly at: number;
  readonly expires: number;
};

/** A browser that went to an external identity provider. */
export type VisitRow = {
  readonly pool: string;
  readonly provider: string;
  /** What the app asked for. */
  readonly query: string;
  /** Where the provider was told to lead back to. */
  readonly redirect: string;
  readonly expires: number;
};

export const tables = {
  pools: table<PoolRow>(),
  /** Pool, client. */
  clients: table<ClientRow>(),
  /** Client -> its pool. */
  poolsOfClients: table<string>(),
  /** By the whole name or the prefix. */
  domains: table<DomainRow>(),
  /** Pool, identifier. */
  resourceServers: table<ResourceServerRow>(),
  /** Pool, name. */
  groups: table<GroupRow>(),
  /** Pool, name as it is compared. */
  users: table<UserRow>(),
  /** Pool, attribute, value -> the user's key. */
  aliases: table<string>(),
  /** Pool, group, user. */
  members: table<number>(),
  /** Pool, user, group. */
  memberships: table<number>(),
  /** Pool, user, purpose. */
  codes: table<CodeRow>(),
  /** Pool, user, key. */
  devices: table<DeviceRow>(),
  sessions: table<SessionRow>(),
  /** Pool, user, id. */
  signIns: table<SignInRow>(),
  /** By their hash. */
  refreshTokens: table<RefreshRow>(),
  /** Of a pool: of id tokens and of access tokens. */
  signingKeys: table<readonly [SigningKeyRow, SigningKeyRow]>(),
  authorizationCodes: table<AuthorizationCodeRow>(),
  /** Pool, name. */
  identityProviders: table<IdentityProviderRow>(),
  /** Pool, provider, attribute, value -> the key of the user who is linked. */
  identities: table<string>(),
  visits: table<VisitRow>(),
  /** Pool, client or `ALL`. */
  uiCustomizations: table<UiCustomizationRow>(),
  /** Pool, client. */
  loginBrandings: table<LoginBrandingRow>(),
  /** Of a pool, as PEM. */
  signingCertificates: table<string>(),
  browsers: table<BrowserRow>(),
};

export type Tables = typeof tables;
export type CognitoContext = Context<Tables>;
export type CognitoStore = Store<Tables>;

/** A pool with the tables it lives in: unsigned calls name no account and no region. */
export type Place = { readonly pool: PoolRow; readonly store: CognitoStore; readonly context: CognitoContext };
export type ClientPlace = Place & { readonly client: ClientRow };
export type UserPlace = Place & { readonly user: UserRow };

export const operation = operationsOn<Tables>();

/** Pool and what belongs to it. */
export function keyIn(pool: PoolRow, ...parts: readonly string[]): string {
  return compositeKey(pool.id, ...parts);
}

export function arnOf({ region, account, id }: PoolRow): string {
  return `arn:aws:cognito-idp:${region}:${account}:userpool/${id}`;
}

/** How the pool compares names: by their case, or not. */
export function nameKey(pool: PoolRow, username: string): string {
  return pool.settings.UsernameConfiguration?.CaseSensitive === false ? username.toLowerCase() : username;
}
