// Asks for something that may be gone already: what a resource's handlers do when they delete and read.

import { AwsError } from "../kernel/aws-error.ts";

/** Undefined where the call is refused because the thing is not there; `codes` are the service's own words for that. */
export async function unlessGone<Answer>(
  call: Promise<Answer>,
  codes: string | readonly string[] = "ResourceNotFoundException",
): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AwsError && [codes].flat().includes(error.code)) return undefined;
    throw error;
  }
}

/** Undefined where the service refuses: for tidying up after another refusal, which is the one to tell of. */
export async function unlessRefused<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

/** For the second call of a creation: what the first one has made does not outlast its refusal. */
export async function orUndo<Answer>(call: Promise<Answer>, undo: () => Promise<unknown>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    await unlessRefused(undo());
    throw error;
  }
}
