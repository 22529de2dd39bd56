export const CALLBACK = 'https://app.example/callback';
/** The last one is left alone until the end. */
export const USERNAMES = ['ana', 'bela', 'carla'] as const;

export type ToServer = 'memory' | 'close';
export type FromServer =
  | {
      readonly kind: 'ready';
      readonly port: number;
      readonly clientId: string;
      readonly clientSecret: string;
    }
  | {
      readonly kind: 'memory';
      readonly heapUsed: number;
      readonly rss: number;
      /** Lines that the log calls errors, since the start. */
      readonly errors: number;
    };
