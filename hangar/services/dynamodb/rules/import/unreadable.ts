// Text that no item can be read from: what comes after it in its object is not read either.

export class UnreadableText extends Error {}

/** Deeper text is not looked into: DynamoDB's items have 32 levels at most. */
export const MAX_TEXT_DEPTH = 64;
