// A world's clock, and the wait until it is at rest.

import { advance, advanceTo } from "../../cloud/advance.ts";
import { settle } from "../../cloud/settle.ts";
import type { World } from "../../cloud/world.ts";
import { duration } from "../../kernel/clock.ts";
import { Refused, type Asked, type Route } from "./route.ts";
import { members, type Schema } from "./schema.ts";

const span = (description: string): Schema => ({
  type: ["string", "number"],
  description: `${description} A text such as "15 minutes", or milliseconds.`,
  examples: ["15 minutes", 900_000],
});

const now: Schema = { type: "number", description: "Milliseconds since the epoch, of this world." };
const state = members({ now, mode: { type: "string", enum: ["live", "held"] } });

export const clockRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/_hangar/clock",
    says: "What time it is in this world.",
    answer: state,
    run: clockOf,
  },
  {
    method: "POST",
    path: "/_hangar/clock",
    says: "Moves, holds or releases this world's clock. What falls due on the way runs, in order, before the answer.",
    body: members({
      "advance?": span("How far."),
      "advanceTo?": {
        type: ["string", "number"],
        description: "A time that has not passed: its ISO text, or milliseconds since the epoch.",
        examples: ["2027-01-01T00:00:00Z"],
      },
      "presigned?": {
        type: "boolean",
        description:
          "false: no client has presigned anything for this world in this second, so that the end of it need not be waited for. When absent, one may have.",
      },
      "hold?": { type: "boolean", description: "true: from now on it moves only when told. false: it runs again." },
    }),
    answer: state,
    run: moveClock,
  },
  {
    method: "POST",
    path: "/_hangar/settle",
    says: "Answers when nothing is due and nothing is in flight in this world.",
    body: members({ "within?": span("How long it may take by the host's clock; a minute when absent.") }),
    answer: members({ settled: { type: "boolean", enum: [true] }, now }),
    refuses: { 409: "It does not come to rest; the message says what is stuck." },
    run: async ({ world, body }) => {
      const within = duration((body["within"] as string | number | undefined) ?? "1 minute");
      await settle(world, within).catch((error: unknown) => {
        throw new Refused(409, "NotSettled", error instanceof Error ? error.message : String(error));
      });
      return { settled: true, now: world.clock.now() };
    },
  },
];

function clockOf({ world: { clock } }: Asked): unknown {
  return { now: clock.now(), mode: clock.mode };
}

async function moveClock(asked: Asked): Promise<unknown> {
  const { cloud, world, body } = asked;
  const { hold, presigned, ...move } = body as Move;
  if (move.advance !== undefined && move.advanceTo !== undefined)
    throw new Refused(400, "InvalidRequest", "advance and advanceTo do not go together.");
  const { mode } = world.clock;
  if (hold !== undefined) turn(world, hold);
  try {
    if (move.advance !== undefined) await advance(cloud, world, move.advance, { presigned });
    if (move.advanceTo !== undefined) await advanceTo(cloud, world, move.advanceTo, { presigned });
  } catch (error) {
    // Refused as a whole: it goes on as it went.
    if (error instanceof RangeError && world.clock.mode !== mode) turn(world, mode === "held");
    throw error;
  }
  return clockOf(asked);
}

type Move = {
  readonly advance?: string | number;
  readonly advanceTo?: string | number;
  readonly hold?: boolean;
  readonly presigned?: boolean;
};

function turn({ clock }: World, hold: boolean): void {
  if (hold) clock.hold();
  else clock.release();
}
