// The tables of IAM: one set an account, and for all accounts together the keys that were issued.

import { operationsOn, table, type Caller, type Context, type Store } from "../../cloud/operation.ts";

export type Tag = { readonly Key: string; readonly Value: string };

/** What users, groups and roles have in common: policies put on them. */
export type Holder = {
  readonly Path: string;
  readonly Arn: string;
  /** Milliseconds. */
  readonly created: number;
  /** Inline policies: name -> document. */
  readonly inline: Readonly<Record<string, string>>;
  /** ARNs of managed policies. */
  readonly attached: readonly string[];
};

export type User = Holder & {
  readonly UserName: string;
  readonly UserId: string;
  readonly tags: readonly Tag[];
  readonly groups: readonly string[];
  readonly boundary?: string | undefined;
  readonly login?: { readonly created: number; readonly resetRequired: boolean } | undefined;
};

export type Group = Holder & { readonly GroupName: string; readonly GroupId: string };

export type Role = Holder & {
  readonly RoleName: string;
  readonly RoleId: string;
  /** The trust policy. */
  readonly trust: string;
  readonly Description?: string | undefined;
  readonly MaxSessionDuration: number;
  readonly tags: readonly Tag[];
  readonly boundary?: string | undefined;
};

export type PolicyVersion = { readonly id: string; readonly document: string; readonly created: number };

export type ManagedPolicy = {
  readonly Arn: string;
  readonly PolicyName: string;
  readonly PolicyId: string;
  readonly Path: string;
  readonly Description?: string | undefined;
  readonly created: number;
  readonly updated: number;
  readonly defaultVersion: string;
  readonly versions: readonly PolicyVersion[];
  /** Number of the next version. */
  readonly next: number;
  readonly tags: readonly Tag[];
};

export type InstanceProfile = {
  readonly InstanceProfileName: string;
  readonly InstanceProfileId: string;
  readonly Arn: string;
  readonly Path: string;
  readonly created: number;
  readonly role?: string | undefined;
  readonly tags: readonly Tag[];
};

export type OidcProvider = {
  readonly Arn: string;
  readonly Url: string;
  readonly ClientIDList: readonly string[];
  readonly ThumbprintList: readonly string[];
  readonly created: number;
  readonly tags: readonly Tag[];
};

export type Account = {
  readonly alias?: string | undefined;
  readonly passwordPolicy?: Readonly<Record<string, unknown>> | undefined;
};

export type AccessKey = {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly account: string;
  readonly userName: string;
  readonly Status: "Active" | "Inactive";
  readonly created: number;
  /** Kept when deleted, so that it is refused and not taken for a key nobody issued. */
  readonly deleted?: true | undefined;
};

export type Session = {
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
  readonly expiration: number;
  readonly caller: Caller;
  readonly transitiveTagKeys: readonly string[];
};

export const tables = {
  users: table<User>(),
  groups: table<Group>(),
  roles: table<Role>(),
  policies: table<ManagedPolicy>(),
  instanceProfiles: table<InstanceProfile>(),
  oidcProviders: table<OidcProvider>(),
  account: table<Account>(),
  serviceLinkedDeletions: table<{ readonly role: string }>(),
  accessKeys: table<AccessKey>(),
  sessions: table<Session>(),
};

export type Tables = typeof tables;
export const operation = operationsOn<Tables>();

export type IamContext = Context<Tables>;
export type IamStore = Store<Tables>;

/** Keys are found by their id alone, whatever account issued them. */
const EVERYWHERE = "000000000000";

export function accountStore(context: IamContext, account = context.account): IamStore {
  return context.storeAt(account, "aws-global");
}

export function keyStore(context: IamContext): IamStore {
  return context.storeAt(EVERYWHERE, "aws-global");
}

/** Names differ by more than case. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}
