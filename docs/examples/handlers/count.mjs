// What a module keeps: how often it was asked, and what time it has.
let times = 0;

export async function handler() {
  times += 1;
  return { times, now: Date.now() };
}
