// What differs between two recordings of one suite, by test, call and field.

import { alignedCalls, kindOf } from "./aligned-calls.ts";
import { differencesOf, type Bindings, type Difference } from "./differences.ts";
import { nameOf, type RecordedCall, type RecordedTest, type Recording } from "./recording.ts";
import { DIGEST } from "./scrub.ts";
import { isUnordered } from "./unordered.ts";

export type CallDifference = Difference & {
  readonly test: string;
  /** E.g. `s3:PutObject`, `http:GET <ApiUrl:1>/albums`; empty where it is the test itself that differs. */
  readonly kind: string;
  /** The call's number in the recording, or in ours where only we have it. */
  readonly call?: number;
};

export type Comparison = {
  readonly tests: number;
  readonly calls: number;
  readonly differences: readonly CallDifference[];
  /** Tests that only one of the two ran. */
  readonly notCompared: readonly { readonly test: string; readonly why: string }[];
};

export function compareRecordings(recorded: Recording, ours: Recording): Comparison {
  const notCompared: { test: string; why: string }[] = [];
  const compared: TestComparison[] = [];
  for (const [test, one] of recorded.tests) {
    const other = ours.tests.get(test);
    const why = whyNot(one, other);
    if (why !== undefined) notCompared.push({ test, why });
    else if (other !== undefined) compared.push(new TestComparison(one, other));
  }
  for (const test of ours.tests.keys())
    if (!recorded.tests.has(test)) notCompared.push({ test, why: "it was not recorded" });
  return {
    tests: compared.length,
    calls: compared.reduce((sum, { calls }) => sum + calls, 0),
    differences: compared.flatMap(({ found }) => found),
    notCompared,
  };
}

function whyNot(recorded: RecordedTest, ours: RecordedTest | undefined): string | undefined {
  if (ours === undefined) return "it did not run here";
  if (recorded.outcome === "skip") return "it was skipped when it was recorded";
  return ours.outcome === "skip" ? "it is skipped here" : undefined;
}

/** Shorter texts stand in others by chance. */
const SHORTEST = 3;

class TestComparison {
  readonly found: CallDifference[] = [];
  calls = 0;
  readonly #test: string;
  readonly #bindings: Bindings = new Map();
  /** Texts that the test made up anew: what was sent, and what is sent now. */
  readonly #sent = new Map<string, string>();
  /** Of random contents, and of those that KMS encrypts, digests are compared by whether they are the same again. */
  #isRandom = false;

  constructor(recorded: RecordedTest, ours: RecordedTest) {
    this.#test = nameOf(recorded.test);
    if (recorded.outcome !== ours.outcome)
      this.#add({
        path: "",
        recorded: recorded.outcome,
        ours: ours.outcome,
        says: `the test's outcome was ${recorded.outcome}, ours is ${ours.outcome}`,
      });
    const aligned = alignedCalls(recorded.calls.filter(isAsked), ours.calls.filter(isAsked));
    const kinds = new Set(aligned.flatMap((each) => (each.recorded && each.ours ? [kindOf(each.recorded)] : [])));
    for (const { recorded: one, ours: other } of aligned) {
      if (one !== undefined && other !== undefined) this.#compare(one, other);
      // Once more or less of the same is a wait.
      else if (!kinds.has(kindOf((one ?? other) as RecordedCall))) this.#alone(one, other);
    }
  }

  #add(difference: Difference, call?: RecordedCall): void {
    const where = call === undefined ? { kind: "" } : { kind: kindOf(call), call: call.call };
    this.found.push({ test: this.#test, ...where, ...difference });
  }

  #alone(recorded: RecordedCall | undefined, ours: RecordedCall | undefined): void {
    const says = recorded === undefined ? "this call was not recorded" : "this call was recorded, we have none";
    this.#add({ path: "", recorded: recorded?.input, ours: ours?.input, says }, recorded ?? ours);
  }

  #compare(recorded: RecordedCall, ours: RecordedCall): void {
    this.calls += 1;
    const isSent = (one: string, other: string): boolean => {
      this.#isRandom = true;
      if (one.length >= SHORTEST) this.#sent.set(one, other);
      return true;
    };
    const bindings = this.#bindings;
    const input = differencesOf(recorded.input, ours.input, { bindings, isSame: isSent }, "input");
    this.#isRandom ||= hasRandomPart(recorded.input) || isKms(recorded.output);
    for (const each of [...input, ...this.#answers(recorded, ours)]) this.#add(each, recorded);
  }

  #answers(recorded: RecordedCall, ours: RecordedCall): readonly Difference[] {
    const [one, other] = [endOf(recorded), endOf(ours)];
    // It had not ended when its test did.
    if (one === undefined || other === undefined) return [];
    if (one.isError !== other.isError) {
      const [was, is] = [one, other].map(({ isError, value }) =>
        isError ? `failed with ${JSON.stringify(value)}` : "succeeded",
      );
      return [{ path: "", recorded: one.value, ours: other.value, says: `the call ${was} when recorded, ours ${is}` }];
    }
    const comparing = {
      bindings: this.#bindings,
      isUnordered: (path: string, list: readonly unknown[]) => isUnordered(recorded, path) || list.some(hasChance),
      isSame: (text: string, own: string, path: string) => this.#isSame(text, own, path),
    };
    return [
      ...differencesOf(one.value, other.value, comparing, one.isError ? "error" : "output"),
      ...differencesOf(recorded.status, ours.status, comparing, "status"),
    ];
  }

  #isSame(recorded: string, ours: string, path: string): boolean {
    // What only one of the two took for a secret or for an id.
    if (differencesOf(ours, recorded, { bindings: new Map() }).length === 0) return true;
    const member = path.slice(path.lastIndexOf(".") + 1);
    if (this.#isRandom && DIGEST.test(member)) {
      const known = this.#sent.get(recorded) ?? ours;
      this.#sent.set(recorded, known);
      return known === ours;
    }
    const pairs = [...this.#sent].toSorted(([one], [other]) => other.length - one.length);
    return pairs.reduce((text, [from, to]) => text.replaceAll(from, to), recorded) === ours;
  }
}

function isAsked({ waiting }: RecordedCall): boolean {
  return waiting !== true;
}

function endOf({ output, error }: RecordedCall): { readonly isError: boolean; readonly value: unknown } | undefined {
  if (error !== undefined) return { isError: true, value: error };
  return output === undefined ? undefined : { isError: false, value: output };
}

/** What is made by chance, or by time, is in the order of that. */
function hasChance(value: unknown): boolean {
  if (typeof value === "string") return /<[A-Za-z-]+(:\d+)?>/.test(value);
  return typeof value === "object" && value !== null && Object.values(value).some(hasChance);
}

/** Contents that the test made up: a text with something of chance in it and more than that, or anything of chance in a document. */
function hasRandomPart(value: unknown, isDocument = false): boolean {
  if (typeof value === "string") {
    if (!/<[A-Za-z-]+:\d+>/.test(value)) return false;
    return isDocument || !/^(arn:|<Host>|https?:)|^<[^<>]+>[^<]*$/.test(value);
  }
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, each]) =>
    hasRandomPart(each, isDocument || /^<(json|xml|bytes)>$/.test(key)),
  );
}

function isKms(value: unknown): boolean {
  return /"(ServerSideEncryption|x-amz-server-side-encryption)":"aws:kms/.test(JSON.stringify(value) ?? "");
}
