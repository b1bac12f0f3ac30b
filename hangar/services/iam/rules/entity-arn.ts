// ARNs of IAM's entities.

export type EntityKind = "user" | "group" | "role" | "policy" | "instance-profile";

export function entityArn(account: string, kind: EntityKind, path: string, name: string): string {
  return `arn:aws:iam::${account}:${kind}${path}${name}`;
}
