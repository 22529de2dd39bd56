import type { FastifyInstance, FastifyRequest, HookHandlerDoneFunction } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** The turn of the event loop in which it came. */
    turn: number;
  }
}

export interface AnswersTogether {
  /** The first of all that happens to a request. */
  came(request: FastifyRequest): void;
  /** @param send the last step of what happens to its answer */
  hold(request: FastifyRequest, send: HookHandlerDoneFunction): void;
}

/**
 * Answers go out together. To write to somebody who waits wakes them up, which takes longer than to check a session, and the
 * processor forgets meanwhile what the next request needs. So what is answered in the turn in which it was asked goes
 * out at the turn's end; what had to wait, for a commit or for another process, goes out with all that waited for the
 * same.
 */
export function answersTogether(app: FastifyInstance): AnswersTogether {
  // No request's before it is known to have come: one that isn't is sent as what had to wait.
  let turn = 1;
  let turnEnds = false;
  const atTurnsEnd = new HeldAnswers();
  const settled = new HeldAnswers();
  const endTurn = (): void => {
    turnEnds = false;
    turn += 1;
    atTurnsEnd.send();
  };
  const sendSettled = (): void => settled.send();
  app.decorateRequest('turn', 0);
  return {
    came: (request) => {
      if (!turnEnds) setImmediate(endTurn);
      turnEnds = true;
      request.turn = turn;
    },
    hold: (request, send) => {
      if (request.turn === turn) {
        atTurnsEnd.add(send);
        return;
      }
      // What was settled at the same time goes on first, each to this place; the tick comes after all of them.
      if (settled.isEmpty) process.nextTick(sendSettled);
      settled.add(send);
    },
  };
}

class HeldAnswers {
  #held: HookHandlerDoneFunction[] = [];

  get isEmpty(): boolean {
    return this.#held.length === 0;
  }

  add(send: HookHandlerDoneFunction): void {
    this.#held.push(send);
  }

  send(): void {
    const all = this.#held;
    this.#held = [];
    for (const send of all) sendHeld(send);
  }
}

/** What can't be sent becomes an error answer, as it would inside of the hook; the others go out all the same. */
function sendHeld(send: HookHandlerDoneFunction): void {
  try {
    send();
  } catch (error) {
    send(error as Error);
  }
}
