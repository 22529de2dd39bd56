import { expect } from 'vitest';
import { FluxoHouse, furnish, type RunningServer } from '../cli/fluxo-process.js';
import { startClient, type ApplicationClient } from '../faults/application-client.js';
import type { Connection } from '../faults/remembered.js';

/** What is asked most, of a server that is a process of its own. Each answer is the promised one, or it throws. */
export class HotServer {
  readonly house: FluxoHouse;
  readonly server: RunningServer;
  readonly #client: ApplicationClient;

  private constructor(house: FluxoHouse, server: RunningServer, client: ApplicationClient) {
    this.house = house;
    this.server = server;
    this.#client = client;
  }

  static async start(env: Readonly<Record<string, string>> = {}): Promise<HotServer> {
    const house = new FluxoHouse();
    const credentials = await furnish(house);
    const server = await house.serve([], env);
    return new HotServer(house, server, await startClient(house, server, credentials));
  }

  stop(): Promise<void> {
    return this.house.remove();
  }

  /** The whole way, with a session: consent, code, tokens. */
  async connect(): Promise<Connection> {
    const connection = await this.#client.authorize();
    expect((await this.#client.redeem(connection)).status).toBe(200);
    return connection;
  }

  async refresh(connection: Connection): Promise<void> {
    expect((await this.#client.refresh(connection)).status).toBe(200);
  }

  async search(connection: Connection): Promise<void> {
    expect(await this.#client.isAlive(connection)).toBe(true);
  }

  async introspect(connection: Connection): Promise<void> {
    expect((await this.#client.introspect(connection)).body).toContain('"active":true');
  }
}
