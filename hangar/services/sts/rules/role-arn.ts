// The account a role's ARN names, as far as STS looks at it before it looks for the role.

/** Undefined when the text is no ARN at all. */
export function accountOfArn(arn: string): string | undefined {
  const [prefix, partition = "", service = "", , account = "", ...resource] = arn.split(":");
  return prefix !== "arn" || partition === "" || service === "" || resource.join(":") === "" ? undefined : account;
}
