// oidc-provider's storage for both contestants. Its own, meant for trying it out, goes through all living tokens of a
// grant whenever one is added: after a few ten thousand it takes twice as long. These are maps, and the elder one is
// forgotten as a whole: nothing here slows down.
const MOST_IN_ONE = 25_000;

/** One for each model. Only sessions are looked for by their uid. */
export class Memory {
  #model;
  #payloads = new Map();
  #elder = new Map();
  #sessions = new Map();

  constructor(model) {
    this.#model = model;
  }

  async upsert(id, payload) {
    if (this.#payloads.size >= MOST_IN_ONE) {
      this.#elder = this.#payloads;
      this.#payloads = new Map();
    }
    this.#payloads.set(id, payload);
    if (this.#model === 'Session') this.#sessions.set(payload.uid, id);
  }

  async find(id) {
    return this.#payloads.get(id) ?? this.#elder.get(id);
  }

  async findByUid(uid) {
    return this.find(this.#sessions.get(uid));
  }

  async consume(id) {
    const payload = await this.find(id);
    if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id) {
    this.#payloads.delete(id);
    this.#elder.delete(id);
  }

  // Nobody revokes a grant here, and nobody has a device with a code.
  async revokeByGrantId() {}
  async findByUserCode() {}
}
