// Wake-up calls at times of a world's clock that are no work of its own: long polls that end, waiters on a later time.

import type { Clock } from "./clock.ts";

type Alarm = { readonly at: number; readonly ring: () => void; timer?: NodeJS.Timeout | undefined };

const MAX_TIMER = 2_147_483_647;

/** They live in this process only: a fork or a restart has none. On a held clock they ring when it is moved. */
export class Alarms {
  readonly #clock: Clock;
  readonly #set = new Set<Alarm>();
  /** How far the clock is being advanced. */
  #until: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Answers how to call it off. */
  at(time: number, ring: () => void): () => void {
    const alarm: Alarm = { at: time, ring };
    this.#set.add(alarm);
    this.#arm(alarm);
    return () => this.#drop(alarm);
  }

  /** After the clock was held, released or moved: rings what is past and times the rest anew. */
  clockMoved(): void {
    this.ring();
    for (const alarm of this.#set) this.#arm(alarm);
  }

  /** Rings what is past; answers whether there was any. */
  ring(): boolean {
    const past = [...this.#set].filter(({ at }) => at <= this.#clock.now());
    for (const alarm of past) this.#ring(alarm);
    return past.length > 0;
  }

  /** The time of the next one, if any. */
  next(): number | undefined {
    let next: number | undefined;
    for (const { at } of this.#set) if (next === undefined || at < next) next = at;
    return next;
  }

  /** While the clock is advanced it stands; but work that runs may wait for an alarm, and then time goes on by the host's. */
  advancing(until: number | undefined): void {
    this.#until = until;
    for (const alarm of this.#set) this.#arm(alarm);
  }

  clear(): void {
    for (const alarm of this.#set) clearTimeout(alarm.timer);
    this.#set.clear();
  }

  #arm(alarm: Alarm): void {
    clearTimeout(alarm.timer);
    alarm.timer = undefined;
    if (this.#clock.mode === "held" && (this.#until === undefined || alarm.at > this.#until)) return;
    const wait = Math.min(Math.max(alarm.at - this.#clock.now(), 0), MAX_TIMER);
    alarm.timer = setTimeout(() => {
      if (this.#until !== undefined && wait < MAX_TIMER) this.#clock.moveTo(alarm.at);
      if (alarm.at <= this.#clock.now()) this.#ring(alarm);
      else this.#arm(alarm);
    }, wait);
  }

  #ring(alarm: Alarm): void {
    this.#drop(alarm);
    alarm.ring();
  }

  #drop(alarm: Alarm): void {
    clearTimeout(alarm.timer);
    this.#set.delete(alarm);
  }
}
