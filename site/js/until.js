// Asks again and again until an answer is good, or the view it was for is gone.
const pauses = [300, 500, 800, 1200, 2000];

export async function until(ask, good, stillWanted) {
  for (let turn = 0; turn < 60; turn += 1) {
    const answer = await ask();
    if (!stillWanted() || good(answer)) return answer;
    await new Promise((resolve) => {
      setTimeout(resolve, pauses[Math.min(turn, pauses.length - 1)]);
    });
  }
  throw new Error("This takes longer than it should. Please look again later.");
}
