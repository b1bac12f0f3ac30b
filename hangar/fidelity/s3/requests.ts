// Plain requests as the recorded tests made them, and their answers in the form they were recorded in.

import { dictionaryOf } from "../../protocols/xml-dictionary.ts";
import { BUCKET, errorOf, type Raw, type RawAnswer, type Session } from "./session.ts";

/** What HTTP itself says of a connection is not S3's: the in-process handler has no connection. */
const ofTheConnection = new Set(["connection", "transfer-encoding", "date", "content-length"]);

/** Opens the bucket to access control lists, public ones too, as those tests did. */
export async function allowPublicLists(s: Session): Promise<void> {
  await s.do("DeleteBucketOwnershipControls");
  await s.do("DeletePublicAccessBlock");
}

export function addressOf(key: string, bucket = BUCKET): string {
  return `http://${bucket}.s3.localhost/${key}`;
}

type Answered = { readonly StatusCode: number; readonly Headers: Record<string, string>; readonly Body: unknown };

/** Sends a request and compares status, headers and body with what was recorded. */
export async function respond(s: Session, label: string, address: string, raw: Raw): Promise<RawAnswer> {
  const answer = await s.send(address, raw);
  const ours = { StatusCode: answer.status, Headers: answer.headers, Body: contentOf(answer) };
  s.matches(label, withOwnHeaders(ours), (recorded) => withOwnHeaders(recorded as Answered));
  return answer;
}

/** Sends a request and compares the document of its answer. */
export async function documentOf(s: Session, label: string, address: string, raw: Raw): Promise<RawAnswer> {
  const answer = await s.send(address, raw);
  const document = answer.body === "" ? {} : dictionaryOf(answer.body);
  // Some recordings have the status beside it; the same host's id in two answers is an accident.
  const status = { StatusCode: answer.status };
  s.matches(label, { ...document, ...status }, (recorded) => ({ ...status, ...withHostId(recorded as Documented) }));
  return answer;
}

type Documented = { readonly Error?: Readonly<Record<string, unknown>> };

function withHostId(recorded: Documented): object {
  return recorded.Error === undefined ? recorded : { ...recorded, Error: { ...recorded.Error, HostId: "host-id" } };
}

function contentOf({ headers, body }: RawAnswer): unknown {
  return headers["content-type"] === "application/xml" && body !== "" ? dictionaryOf(body) : body;
}

function withOwnHeaders(answer: Answered): object {
  return { ...answer, Headers: ownHeaders(answer.Headers) };
}

function ownHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(named.filter(([name]) => !ofTheConnection.has(name)));
}

/** Compares a refusal as the recorded client told of it. */
export function errorIs(s: Session, label: string, answer: RawAnswer): void {
  s.matches(label, { ...errorOf(answer), HTTPStatusCode: answer.status });
}

/** Compares the headers of an answer with those recorded, which may stand beside what the client said of its call. */
export function headersAre(s: Session, label: string, headers: Readonly<Record<string, string>>, member = ""): void {
  s.matches(label, ownHeaders(headers), (recorded) => {
    const whole = recorded as Readonly<Record<string, string>>;
    return ownHeaders(member === "" ? whole : (whole[member] as unknown as Record<string, string>));
  });
}
