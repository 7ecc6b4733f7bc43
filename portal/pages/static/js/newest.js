// Answers that come late: what was asked last is what is drawn.

const questions = new WeakMap(); // of each owner those whose answer may still be drawn, the last one last

/**
 * Reads for an owner, and draws what came. Where somebody asks again meanwhile, only the answer to the last question is
 * drawn, and whoever asked before waits for it. A question that fails is as if it had not been asked.
 */
export function drawNewest(owner, read, draw) {
  const open = questions.get(owner) ?? [];
  questions.set(owner, open);
  const settle = async (found) => {
    const last = open.at(-1);
    if (last !== turn) return last.catch(() => settle(found));
    const drawn = await draw(found);
    open.splice(0, open.indexOf(turn)); // what was asked before is answered with this
    return drawn;
  };
  const turn = (async () => read())().then(settle).catch((error) => {
    if (open.includes(turn)) open.splice(open.indexOf(turn), 1);
    throw error;
  });
  open.push(turn);
  return turn;
}
