// What IAM gives the house: decisions on calls, owners of keys, sessions of roles.

import type { Caller } from "../../cloud/operation.ts";
import { parseArn } from "../../kernel/arn.ts";
import type {
  AccessNeed,
  AccessPort,
  Credentials,
  Decision,
  KeyOwner,
  NewSession,
  RoleFacts,
} from "../../ports/access.ts";
import { accessDenied, invalidClientTokenId } from "./errors.ts";
import { principalOf, managedPolicyAt, roleAt } from "./rules/caller-policies.ts";
import { lookupFor, type KeyValues } from "./rules/condition-keys.ts";
import { decideNeed, type Outcome } from "./rules/decide.ts";
import { allowedBy, explanationOf, messageOf } from "./rules/denial.ts";
import { accessKeyId, SECRET_ALPHABET } from "./rules/key-ids.ts";
import { awsManagedPolicyNamed } from "./rules/managed-policies.ts";
import { compiledPolicy } from "./rules/policy-document.ts";
import { principalExists } from "./rules/roles.ts";
import { accountStore, keyStore, nameKey, type IamContext, type Role } from "./store.ts";

/** Lambda, ECS and the like renew long before; a role's maximum does not bind AWS's own services. */
const SERVICE_SESSION = 12 * 3600;

export function accessPort(context: IamContext): AccessPort {
  return new IamAccess(context);
}

/** A class: every call makes one, and asks it one thing. */
class IamAccess implements AccessPort {
  readonly #context: IamContext;

  constructor(context: IamContext) {
    this.#context = context;
  }

  decide(caller: Caller, needs: readonly AccessNeed[], keys: KeyValues | (() => KeyValues)): Decision {
    return decide(this.#context, { caller, needs, keys });
  }

  keyOwner(id: string): KeyOwner | undefined {
    return keyOwner(this.#context, id);
  }

  role(arn: string): RoleFacts | undefined {
    return factsOf(roleOf(this.#context, arn));
  }

  principalExists(arn: string): boolean {
    return principalExists(this.#context, arn);
  }

  oidcAudiences(arn: string): readonly string[] | undefined {
    return accountStore(this.#context, parseArn(arn)?.account ?? "").oidcProviders.get(arn)?.ClientIDList;
  }

  issue(session: NewSession): Credentials {
    return issue(this.#context, session);
  }

  managedPolicy(arn: string): string | undefined {
    const document = managedPolicyAt(accountStore(this.#context, parseArn(arn)?.account ?? ""), arn);
    return document === undefined || typeof document === "string" ? document : JSON.stringify(document);
  }

  awsManagedPolicyArn(name: string): string | undefined {
    return awsManagedPolicyNamed(name)?.Arn;
  }

  assumeRoleFor(arn: string, service: string, sessionName: string, sourceFunctionArn: string): Credentials {
    const caller = { ...this.roleCaller(arn, service, sessionName), sourceFunctionArn };
    return issue(this.#context, { caller, seconds: SERVICE_SESSION });
  }

  roleCaller(arn: string, service: string, sessionName: string, sourceArn?: string): Caller {
    return roleCaller(this.#context, arn, { service, sessionName, sourceArn });
  }
}

type Question = {
  readonly caller: Caller;
  readonly needs: readonly AccessNeed[];
  readonly keys: KeyValues | (() => KeyValues);
};

function decide(context: IamContext, { caller, needs, keys }: Question): Decision {
  const { policies, tags } = principalOf(caller, context);
  let last: Decision = { allowed: true, action: "", resource: "", message: "", explanation: "Nothing is needed." };
  for (const need of needs) {
    const policy = need.policy === undefined ? undefined : compiledPolicy(need.policy);
    const lookup = lookupFor({ caller, need, context: keys, principalTags: tags, now: context.clock.now() });
    const outcome = decideNeed(caller, policies, { need, policy, lookup });
    last = decision(caller, need, outcome);
    if (caller.roleArn !== undefined)
      context.world.access.count(caller.roleArn, need, last, outcome.kind !== "identity-based policy");
    if (!last.allowed) break;
  }
  // The span keeps the first denial: it is what the call fails of.
  const { attributes } = context.span;
  if ((attributes["decision"] as Decision | undefined)?.allowed !== false) attributes["decision"] = last;
  return last;
}

function decision(caller: Caller, need: AccessNeed, outcome: Outcome): Decision {
  const { action, resource } = need;
  if (outcome.allowed) return new Allowed(action, resource, outcome);
  const message = messageOf(caller, need, outcome);
  return { allowed: false, action, resource, message, explanation: explanationOf(caller, need, outcome) };
}

/** Spans keep it: it must not hold the call by its need. The statement is put into words when somebody reads them. */
class Allowed implements Decision {
  readonly allowed = true;
  readonly message = "";
  readonly action: string;
  readonly resource: string;
  readonly #outcome: Outcome;

  constructor(action: string, resource: string, outcome: Outcome) {
    this.action = action;
    this.resource = resource;
    this.#outcome = outcome;
  }

  // Of the class: a getter in a literal gives every decision a hidden class of its own.
  get explanation(): string {
    return allowedBy(this.#outcome);
  }

  toJSON(): Decision {
    const { allowed, action, resource, message, explanation } = this;
    return { allowed, action, resource, message, explanation };
  }
}

function keyOwner(context: IamContext, id: string): KeyOwner | undefined {
  const keys = keyStore(context);
  const session = keys.sessions.get(id);
  if (session !== undefined) {
    const { caller, SecretAccessKey, SessionToken, expiration, transitiveTagKeys } = session;
    return { caller, secretAccessKey: SecretAccessKey, sessionToken: SessionToken, expiration, transitiveTagKeys };
  }
  const key = keys.accessKeys.get(id);
  if (key === undefined) return undefined;
  const user = accountStore(context, key.account).users.get(nameKey(key.userName));
  if (key.deleted === true || key.Status === "Inactive" || user === undefined) throw invalidClientTokenId();
  const caller: Caller = {
    kind: "user",
    account: key.account,
    arn: user.Arn,
    userId: user.UserId,
    userName: user.UserName,
    accessKeyId: id,
  };
  return { caller, secretAccessKey: key.SecretAccessKey };
}

function issue(context: IamContext, { caller, seconds, transitiveTagKeys = [] }: NewSession): Credentials {
  const id = accessKeyId("ASIA", caller.account, context.ids.bytes(5));
  const credentials = {
    accessKeyId: id,
    secretAccessKey: context.ids.text(SECRET_ALPHABET, 40),
    sessionToken: `IQoJb3JpZ2luX2Vj${context.ids.text(SECRET_ALPHABET, 284)}=`,
    expiration: (context.clock.seconds() + seconds) * 1000,
  };
  keyStore(context).sessions.put(id, {
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    expiration: credentials.expiration,
    caller: { ...caller, accessKeyId: id },
    transitiveTagKeys,
  });
  return credentials;
}

type Assumption = { readonly service: string; readonly sessionName: string; readonly sourceArn: string | undefined };

const SOURCE_KEYS: ReadonlySet<string> = new Set(["aws:sourcearn"]);

function roleCaller(context: IamContext, arn: string, { service, sessionName, sourceArn }: Assumption): Caller {
  const role = roleOf(context, arn);
  const account = parseArn(arn)?.account ?? context.account;
  const caller: Caller = { kind: "service", account, arn: service, userId: service, sourceArn, sourceAccount: account };
  const need: AccessNeed = { action: "sts:AssumeRole", resource: arn };
  const lookup = lookupFor({
    caller,
    need,
    context: {},
    principalTags: {},
    now: context.clock.now(),
    unknown: sourceArn === undefined ? SOURCE_KEYS : undefined,
  });
  const policy = role === undefined ? undefined : compiledPolicy(role.trust);
  const outcome = decideNeed(caller, principalOf(caller, context).policies, { need, policy, lookup });
  if (role === undefined || !outcome.allowed) {
    throw accessDenied(`User: ${service} is not authorized to perform: sts:AssumeRole on resource: ${arn}`);
  }
  return sessionCaller(role, account, sessionName);
}

function sessionCaller(role: Role, account: string, sessionName: string): Caller {
  return {
    kind: "role",
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${role.RoleName}/${sessionName}`,
    userId: `${role.RoleId}:${sessionName}`,
    roleArn: role.Arn,
    sessionName,
  };
}

function roleOf(context: IamContext, arn: string): Role | undefined {
  const account = parseArn(arn)?.account ?? "";
  return account === "" ? undefined : roleAt(accountStore(context, account), arn);
}

function factsOf(role: Role | undefined): RoleFacts | undefined {
  return role === undefined
    ? undefined
    : {
        arn: role.Arn,
        name: role.RoleName,
        roleId: role.RoleId,
        trustPolicy: role.trust,
        maxSessionDuration: role.MaxSessionDuration,
      };
}
