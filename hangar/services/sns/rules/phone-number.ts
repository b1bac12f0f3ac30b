// Phone numbers as SNS takes them for text messages.

import { invalidParameter, invalidParameterPlainly } from "../errors.ts";

const E164 = /^\+\d{4,15}$/;

export function checkPublishNumber(number: string): void {
  if (!E164.test(number)) throw invalidParameter(`PhoneNumber Reason: ${number} is not valid to publish to`);
}

/** Subscriptions may have single separators: `+1555-1234567`. */
export function checkSmsEndpoint(number: string): void {
  if (!/^\+?\d(?:[-.() ]?\d)+$/.test(number)) throw invalidParameterPlainly(`Invalid SMS endpoint: ${number}`);
}

export function checkNumber(number: string): void {
  if (!/^\+?\d{4,15}$/.test(number)) throw invalidParameter("PhoneNumber Reason: input incorrectly formatted");
}
