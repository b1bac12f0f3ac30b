// The one clock of a world: live (host time and an offset) or held (moves only when told).

export type ClockState = {
  readonly mode: "live" | "held";
  readonly offset: number;
  readonly at: number;
  /** How time ran before, oldest first; what is forgotten with the process. */
  readonly past?: readonly Stretch[];
};

/** A stretch of host time in which the world's time ran in one way. */
type Stretch = { readonly from: number; readonly mode: "live" | "held"; readonly offset: number; readonly at: number };

/** Clients sign by their own clock, which may be some minutes off. */
const TOLERANCE = 5 * 60_000;
const REMEMBERED = 1000;

/** Times are milliseconds since the epoch. */
export class Clock {
  #mode: "live" | "held";
  #offset: number;
  #at: number;
  #past: Stretch[];
  #listener: (() => void) | undefined;
  /** Where it stands while it is advanced, though it is live. */
  #standsAt: number | undefined;
  #advances = 0;

  constructor(state: ClockState = { mode: "live", offset: 0, at: 0 }) {
    this.#mode = state.mode;
    this.#offset = state.offset;
    this.#at = state.at;
    this.#past = state.past === undefined ? [] : [...state.past];
    this.#changed();
  }

  /** Becomes what another clock was: a world that comes back from its journal. */
  restore({ mode, offset, at }: ClockState): void {
    this.#mode = mode;
    this.#offset = offset;
    this.#at = at;
    this.#past = [];
    this.#changed();
  }

  /** By the second, as signed dates are: what is signed in the second of a change counts as signed after it. */
  #changed(): void {
    const from = thisSecond();
    if (this.#past.length > 1 && this.#past.at(-1)?.from === from) this.#past.pop();
    this.#past.push({ from, mode: this.#mode, offset: this.#offset, at: this.#at });
    if (this.#past.length > REMEMBERED) this.#past.shift();
    this.#listener?.();
  }

  get mode(): "live" | "held" {
    return this.#mode;
  }

  get state(): ClockState {
    return { mode: this.#mode, offset: this.#offset, at: this.#at, past: [...this.#past] };
  }

  /** Whether nobody touched it since it was in this state. */
  isAt({ mode, offset, at }: ClockState): boolean {
    return mode === this.#mode && offset === this.#offset && at === this.#at;
  }

  /** Told when time no longer runs as it did: held, released or moved. */
  listen(listener: () => void): void {
    this.#listener = listener;
  }

  now(): number {
    return this.#mode === "held" ? this.#at : (this.#standsAt ?? Date.now() + this.#offset);
  }

  /** Whether the host's time passes without it: held, or being advanced. */
  get stands(): boolean {
    return this.#mode === "held" || this.#standsAt !== undefined;
  }

  /** Stands at its time, live or not, until what this answers is called: each instant it is moved to is one instant. */
  stand(): () => void {
    this.#advances += 1;
    if (this.#mode === "live") this.#standsAt ??= this.now();
    return () => {
      this.#advances -= 1;
      if (this.#advances === 0) this.#runOn();
    };
  }

  #runOn(): void {
    if (this.#standsAt !== undefined) this.#offset = this.#standsAt - Date.now();
    this.#standsAt = undefined;
    this.#changed();
  }

  /** Whole seconds, as most AWS answers carry. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  date(): Date {
    return new Date(this.now());
  }

  /** Host time and offset even when held. */
  wallClock(): number {
    return Date.now() + this.#offset;
  }

  /** The time of a signed date's maker that is nearest to that date: clients sign by the host's time, ours or the world's. */
  nearest(date: number): number {
    const times = [Date.now(), this.wallClock(), this.now()];
    return times.reduce((best, time) => (Math.abs(time - date) < Math.abs(best - date) ? time : best));
  }

  /** How much of this world's time has passed since a date that a client wrote, by the host's time or by the world's. */
  since(date: number): number {
    if (date > Date.now() + TOLERANCE) return this.now() - date;
    const then = this.#past.findLast((stretch) => stretch.from <= date) ?? this.#past[0];
    if (then === undefined) return this.now() - date;
    return this.now() - (then.mode === "held" ? then.at : date + then.offset);
  }

  hold(): void {
    this.#at = this.now();
    this.#mode = "held";
    this.#standsAt = undefined;
    this.#changed();
  }

  release(): void {
    const now = this.now();
    this.#offset = now - Date.now();
    this.#mode = "live";
    if (this.#advances > 0) this.#standsAt = now;
    this.#changed();
  }

  /** Moves to a time; a live clock keeps running from there. Never backwards. */
  moveTo(time: number): void {
    const now = this.now();
    if (time <= now) return;
    if (this.#mode === "held") this.#at = time;
    else {
      this.#offset += time - now;
      if (this.#standsAt !== undefined) this.#standsAt = time;
    }
    this.#changed();
  }
}

/** When the second began that it is by the host's clock. */
export function thisSecond(): number {
  return Math.floor(Date.now() / 1000) * 1000;
}

/** Dates in signatures have whole seconds: nothing signed before this ends counts as signed after it. */
export async function nextSecond(): Promise<void> {
  const next = thisSecond() + 1000;
  // A timer may ring a millisecond early.
  for (let left = next - Date.now(); left > 0; left = next - Date.now())
    await new Promise((resolve) => {
      setTimeout(resolve, left);
    });
}

/** Waits by the host's clock, or until the signal: for what clients measure by theirs. */
export function hostTime(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener("abort", done);
  });
}

/** A Date, its ISO text or milliseconds since the epoch, in milliseconds. */
export function moment(value: Date | string | number): number {
  const zoned = typeof value !== "string" || /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(value);
  const time = zoned ? new Date(value).getTime() : Number.NaN;
  if (Number.isNaN(time))
    throw new RangeError(`Not a date: "${String(value)}". Write e.g. "2030-01-31T12:00:00Z", or give a Date.`);
  return time;
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

/** `"15 minutes"`, `"1 day"`, `"250 ms"` or milliseconds, in milliseconds. */
export function duration(value: string | number): number {
  if (typeof value === "number" && value >= 0 && value < Number.POSITIVE_INFINITY) return value;
  const match = /^\s*(\d+(?:\.\d+)?)\s*(ms|second|minute|hour|day|week)s?\s*$/.exec(String(value));
  const unit = UNITS[match?.[2] ?? ""];
  if (match === null || unit === undefined)
    throw new RangeError(`Not a duration: "${value}". Write e.g. "15 minutes".`);
  return Number(match[1]) * unit;
}
