// What Cognito would have sent to phones and mailboxes: codes for tests to read.

import type { Route } from "./route.ts";
import { listOf, members, string } from "./schema.ts";

const SENT = /^cognito-idp\.amazonaws\.com -> (email|sms):(.+)$/;

const message = members({
  at: { type: "number", description: "Milliseconds since the epoch, of this world." },
  medium: { type: "string", enum: ["email", "sms"] },
  destination: string("Address or number.", "ann@example.com"),
  userPoolId: string("Whose user.", "us-east-1_AbCdEfGhI"),
  username: string("Whom.", "ann"),
  kind: string("What for, as CustomMessage's trigger source.", "SignUp"),
  "subject?": { type: "string" },
  message: { type: "string" },
  "code?": string("Or temporary password; absent where a link carries it.", "123456"),
});

export const cognitoRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/_hangar/cognito-idp/messages",
    says: "What Cognito would have sent to phones and mailboxes, oldest first, from this world's trace.",
    query: {
      userPoolId: string("Only of this pool.", "us-east-1_AbCdEfGhI"),
      destination: string("Only to this address or number.", "ann@example.com"),
    },
    answer: members({ messages: listOf(message) }),
    run: ({ world, query: { userPoolId, destination } }) => ({
      messages: world.trace.spans().flatMap(({ name, at, attributes }) => {
        const [, medium, to] = SENT.exec(name) ?? [];
        const { userPoolId: pool, username, kind, subject, message: text, code } = attributes;
        if (medium === undefined || (userPoolId !== undefined && pool !== userPoolId)) return [];
        if (destination !== undefined && to !== destination) return [];
        const more = { ...(subject === undefined ? {} : { subject }), ...(code === undefined ? {} : { code }) };
        return [{ at, medium, destination: to, userPoolId: pool, username, kind, message: text, ...more }];
      }),
    }),
  },
];
