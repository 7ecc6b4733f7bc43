// Answers that come late: what was asked last is what is drawn.

const turns = new WeakMap();

/**
 * Reads for an owner, and draws what came. Where somebody asks again meanwhile, only the answer to the last question is
 * drawn, and whoever asked before waits for it.
 */
export function drawNewest(owner, read, draw) {
  const turn = (async () => {
    const found = await read();
    return turns.get(owner) === turn ? draw(found) : turns.get(owner);
  })();
  turns.set(owner, turn);
  return turn;
}
