// The account's settings for text messages.

import { invalidParameterPlainly } from "../errors.ts";

const DEFAULTS: Readonly<Record<string, string>> = { MonthlySpendLimit: "1" };
const NAMES = new Set([
  "DefaultSenderID",
  "DefaultSMSType",
  "DeliveryStatusIAMRole",
  "DeliveryStatusSuccessSamplingRate",
  "MonthlySpendLimit",
  "UsageReportS3Bucket",
]);

export function checkSmsAttribute(name: string, value: string): void {
  if (!NAMES.has(name)) throw invalidParameterPlainly(`${name} is not a valid attribute`);
  if (name === "DefaultSMSType" && value !== "Promotional" && value !== "Transactional")
    throw invalidParameterPlainly("DefaultSMSType is invalid");
  // AWS's own message drops two letters of the name.
  if (name === "DefaultSenderID" && !/^(?=.*[a-zA-Z])[a-zA-Z0-9]{1,11}$/.test(value))
    throw invalidParameterPlainly("DefaultSendID is not a valid attribute");
}

export function shownSmsAttributes(
  set: Readonly<Record<string, string>>,
  names: readonly string[] | undefined,
): Readonly<Record<string, string>> {
  const all = Object.entries({ ...DEFAULTS, ...set });
  return Object.fromEntries(
    names === undefined || names.length === 0 ? all : all.filter(([name]) => names.includes(name)),
  );
}
