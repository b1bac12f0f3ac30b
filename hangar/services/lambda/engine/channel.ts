// Our side of the socket to a Node runtime: the Runtime API in fewer steps, as every write and wake-up counts in a warm invocation.

import { frame, FrameReader, type Frame } from "./bootstrap/node/frames.mjs";
import type { RuntimeProcess } from "./child-process.ts";
import type { Delivery, RuntimeSide } from "./runtime-api.ts";

const NOTHING = Buffer.alloc(0);

/** Ties an environment to its process. */
export function connect(side: RuntimeSide, child: RuntimeProcess): void {
  const reader = new FrameReader();
  const streamed: Buffer[] = [];
  const send = ({ payload, ...delivery }: Delivery): void => {
    const { requestId: id, deadline, invokedArn: arn, traceId: trace, clientContext, clockOffset } = delivery;
    child.send(frame({ id, deadline, arn, trace, clientContext, clockOffset }, payload));
  };
  child.onBytes = (bytes) => {
    for (const message of reader.push(bytes)) take(message, { side, streamed, send });
  };
}

type Ends = {
  readonly side: RuntimeSide;
  readonly streamed: Buffer[];
  readonly send: (delivery: Delivery) => void;
};

function take({ head, body }: Frame, { side, streamed, send }: Ends): void {
  const { type, id, contentType, errorType } = head as Readonly<Record<string, string | undefined>>;
  if (type === "chunk") {
    if (!side.chunk(id ?? "", body, contentType)) streamed.push(body);
    return;
  }
  if (type === "error") side.fail(id, body, errorType);
  else if (type === "response")
    side.respond(id ?? "", body, { contentType, errorType: undefined, errorBody: undefined });
  else if (type === "end") {
    const errorBody = errorType === undefined ? undefined : body.toString("base64");
    const whole = streamed.length === 0 ? NOTHING : Buffer.concat(streamed.splice(0));
    side.respond(id ?? "", whole, { contentType, errorType, errorBody });
  }
  // Whoever has answered is free.
  if (type !== "error" || id !== undefined) side.next(send);
}
