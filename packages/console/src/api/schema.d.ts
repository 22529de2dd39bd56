// Made of the server's OpenAPI document by `npm run api-types`; a test compares the two.

export interface paths {
  '/api/v1/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who you are, where, and the CSRF token */
    get: operations['getMe'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/applications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List applications, by name */
    get: operations['listApplications'];
    put?: never;
    /** Register an application */
    post: operations['createApplication'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/applications/{client_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Show an application */
    get: operations['getApplication'];
    put?: never;
    post?: never;
    /** Delete an application: every grant under it ends at once. Needs If-Match */
    delete: operations['deleteApplication'];
    options?: never;
    head?: never;
    /** Change an application; what is left out stays. Needs If-Match */
    patch: operations['updateApplication'];
    trace?: never;
  };
  '/api/v1/applications/check-redirect-url': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Say whether a redirect URL could be registered */
    post: operations['checkRedirectUrl'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/applications/{client_id}/logo': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Set the logo: a PNG, JPEG or WebP picture of at most 2 MiB */
    put: operations['setApplicationLogo'];
    post?: never;
    /** Take the logo away */
    delete: operations['deleteApplicationLogo'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/applications/{client_id}/secrets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the secrets, those deleted too */
    get: operations['listSecrets'];
    put?: never;
    /** Add a secret; it is shown this once */
    post: operations['createSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/applications/{client_id}/secrets/{secret_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Delete a secret: it is refused at once */
    delete: operations['deleteSecret'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/applications/{client_id}/keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the keys, those deleted too */
    get: operations['listKeys'];
    put?: never;
    /** Register a public key, or have a pair made; the application acts for you with it */
    post: operations['createKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/applications/{client_id}/keys/{key_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Delete a key: every session that was obtained with it ends */
    delete: operations['deleteKey'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/applications/{client_id}/connections': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List who is connected, the newest first */
    get: operations['listConnections'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/applications/{client_id}/connections/{consent_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Disconnect one person */
    delete: operations['deleteConnection'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/applications/{client_id}/disconnect-all': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Disconnect everybody */
    post: operations['disconnectAll'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the people, by username */
    get: operations['listUsers'];
    put?: never;
    /** Create somebody, with a password, by invitation, or for single sign-on only */
    post: operations['createUser'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/{wid}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Show somebody */
    get: operations['getUser'];
    put?: never;
    post?: never;
    /** Delete somebody and everything of theirs, at once and for good. Needs If-Match */
    delete: operations['deleteUser'];
    options?: never;
    head?: never;
    /** Change somebody; what is left out stays. Needs If-Match */
    patch: operations['updateUser'];
    trace?: never;
  };
  '/api/v1/users/{wid}/password-link': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send a link to choose a password; the link before is dead */
    post: operations['sendPasswordLink'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/{wid}/sign-out': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End the browser sessions */
    post: operations['signOutUser'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/{wid}/second-factor': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** For who lost both phone and recovery codes; make sure that it is them */
    delete: operations['deleteSecondFactor'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/{wid}/connections': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the applications that may act for somebody, the newest first */
    get: operations['listUserConnections'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/{wid}/connections/{consent_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Disconnect one application */
    delete: operations['deleteUserConnection'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/environment': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Show the settings */
    get: operations['getEnvironment'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Change settings; what is left out stays. Needs If-Match */
    patch: operations['updateEnvironment'];
    trace?: never;
  };
  '/api/v1/environment/logo': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Set the logo of the pages: a PNG, JPEG or WebP picture of at most 2 MiB */
    put: operations['setEnvironmentLogo'];
    post?: never;
    /** Take the logo away */
    delete: operations['deleteEnvironmentLogo'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/identity-providers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List identity providers, the eldest first */
    get: operations['listIdentityProviders'];
    put?: never;
    /** Add an identity provider */
    post: operations['createIdentityProvider'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/identity-providers/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Show an identity provider */
    get: operations['getIdentityProvider'];
    put?: never;
    post?: never;
    /** Delete an identity provider: what it opened ends, and who is who there is forgotten. Needs If-Match */
    delete: operations['deleteIdentityProvider'];
    options?: never;
    head?: never;
    /** Change an identity provider; what is left out stays. Needs If-Match */
    patch: operations['updateIdentityProvider'];
    trace?: never;
  };
  '/api/v1/identity-providers/{id}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Get an address that tries it, enabled or not, and signs nobody in */
    post: operations['testIdentityProvider'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/identity-providers/{id}/last-test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Show what came of the last test, and why it was refused */
    get: operations['getLastTest'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/activity': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who did what, the newest first; a page may be short, and even empty, before the end */
    get: operations['listActivity'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/activity.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All that the filter finds, as a table (RFC 4180) */
    get: operations['exportActivity'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/activity/seal': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Look whether the log is as it was sealed */
    get: operations['checkActivity'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/lanes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the lanes of the organization */
    get: operations['listLanes'];
    put?: never;
    /** Create a lane with the settings of this one, and you as its administrator */
    post: operations['createLane'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/lanes/{lane}/comparison': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Say which applications of here are missing or different there */
    get: operations['compareLane'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/lanes/{lane}/copy': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Copy applications from here to there; secrets and keys never cross */
    post: operations['copyToLane'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/environments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List all environments */
    get: operations['listEnvironments'];
    put?: never;
    /** Create an environment with its first administrator */
    post: operations['createEnvironment'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/environments/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Show an environment */
    get: operations['getOperatedEnvironment'];
    put?: never;
    post?: never;
    /** Delete an environment and everything in it, at once and for good */
    delete: operations['deleteEnvironment'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** ActivityEvent */
    ActivityEvent: {
      /** @description the event */
      id: string;
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      at: string;
      /** @description as user.signed-in */
      type: string;
      user: {
        /** @description the user */
        wid: string;
        username: string | null;
        name: string | null;
      } | null;
      actor: {
        /** @description the user */
        wid: string;
        username: string | null;
        name: string | null;
      } | null;
      via: ('page' | 'api' | 'cli' | 'operator' | 'protocol') | null;
      application: {
        /** @description the application */
        client_id: string;
        name: string | null;
      } | null;
      grant_id: string | null;
      evidence: {
        check: string;
        expected: string | null;
        received: string | null;
      } | null;
      detail: string | null;
      omitted: number | null;
      /** @description whether a seal covers it already */
      sealed: boolean;
    };
    /** Appearance */
    Appearance: {
      accent_color: string | null;
      logo_url: string | null;
    };
    /** Application */
    Application: {
      /** @description the OAuth client_id */
      client_id: string;
      /** @description web keeps a secret, spa proves itself with PKCE, machine signs JWTs */
      kind: 'web' | 'spa' | 'machine';
      /** @description what people read on the consent screen */
      name: string;
      description: string | null;
      description_url: string | null;
      privacy_url: string | null;
      terms_url: string | null;
      developer_name: string | null;
      developer_email: string | null;
      redirect_urls: string[];
      /** @description web with https URLs only */
      remember_consent: boolean;
      token_type: 'by-endpoint' | 'sessionID' | 'Bearer';
      enabled: boolean;
      /** @description it may introspect all the environment’s tokens */
      introspect_environment: boolean;
      /** @description machine only: scripts may use this API through it */
      admin_api: boolean;
      refresh_policy: components['schemas']['RefreshPolicy'];
      logo_url: string | null;
      connected_users: number;
      last_used_at: string | null;
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      created_at: string;
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      updated_at: string;
      /** @description Raised by each change; the ETag. */
      revision: number;
    };
    /** ApplicationChange */
    ApplicationChange: {
      /** @description what people read on the consent screen */
      name?: string;
      description?: string | null;
      description_url?: string | null;
      privacy_url?: string | null;
      terms_url?: string | null;
      developer_name?: string | null;
      developer_email?: string | null;
      redirect_urls?: string[];
      /** @description web with https URLs only */
      remember_consent?: boolean;
      token_type?: 'by-endpoint' | 'sessionID' | 'Bearer';
      enabled?: boolean;
      /** @description it may introspect all the environment’s tokens */
      introspect_environment?: boolean;
      /** @description machine only: scripts may use this API through it */
      admin_api?: boolean;
      refresh_policy?: {
        /** @description each refresh brings a new refresh token */
        rotation?: boolean;
        absolute_days?: number | null;
        inactivity_days?: number | null;
      };
    };
    /** ApplicationItem */
    ApplicationItem: {
      /** @description the OAuth client_id */
      client_id: string;
      /** @description what people read on the consent screen */
      name: string;
      /** @description web keeps a secret, spa proves itself with PKCE, machine signs JWTs */
      kind: 'web' | 'spa' | 'machine';
      enabled: boolean;
      logo_url: string | null;
      connected_users: number;
      last_used_at: string | null;
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      created_at: string;
    };
    /** ComparedApplication */
    ComparedApplication: {
      /** @description the application here */
      client_id: string;
      name: string;
      /** @description web keeps a secret, spa proves itself with PKCE, machine signs JWTs */
      kind: 'web' | 'spa' | 'machine';
      state: 'missing' | 'same' | 'different';
      differences: {
        field: string;
        /** @description as the application’s member is */
        here: unknown;
        /** @description as the application’s member is */
        there: unknown;
      }[];
    };
    /** ConnectedApplication */
    ConnectedApplication: {
      /** @description the application */
      client_id: string;
      name: string;
      logo_url: string | null;
    };
    /** Connection */
    Connection: {
      /** @description the consent */
      consent_id: string;
      user: components['schemas']['Person'];
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      connected_at: string;
      last_used_at: string | null;
    };
    /** Copied */
    Copied: {
      copied: components['schemas']['CopiedApplication'][];
    };
    /** CopiedApplication */
    CopiedApplication: {
      /** @description the application here */
      client_id: string;
      /** @description the application there */
      target_client_id: string;
      name: string;
      client_secret: string | null;
      action: 'created' | 'updated' | 'unchanged';
    };
    /** CopyRequest */
    CopyRequest: {
      client_ids: string[];
    };
    /** CreatedKey */
    CreatedKey: {
      /** @description the key */
      key_id: string;
      note: string | null;
      /** @description RS256 (a key for PS256 too), ES256 or EdDSA */
      algorithm: string;
      /** @description SHA-256 of the public key (SPKI, DER), hexadecimal */
      fingerprint: string;
      registered_by: {
        /** @description whom the application acts for with it */
        wid: string;
        username: string | null;
        name: string | null;
      };
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      created_at: string;
      last_used_at: string | null;
      deleted_at: string | null;
      public_key_pem: string;
      private_key: string | null;
    };
    /** CreatedLane */
    CreatedLane: {
      lane: string;
      origin: string;
      /** @description by which you choose a password there; shown once */
      link: string;
    };
    /** CreatedSecret */
    CreatedSecret: {
      /** @description the secret */
      secret_id: string;
      note: string | null;
      /** @description to tell which one a client still sends */
      last_characters: string;
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      created_at: string;
      last_used_at: string | null;
      deleted_at: string | null;
      /** @description shown once, never stored */
      client_secret: string;
    };
    /** CreatedUser */
    CreatedUser: {
      /** @description the user */
      wid: string;
      username: string;
      /** @description what people read on the pages */
      name: string;
      email: string | null;
      administrator: boolean;
      /** @description signs in at an identity provider only */
      only_single_sign_on: boolean;
      enabled: boolean;
      second_factor: boolean;
      connected_applications: number;
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      created_at: string;
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      last_active_at: string;
      /** @description Raised by each change; the ETag. */
      revision: number;
      link: string | null;
    };
    /** Disconnected */
    Disconnected: {
      disconnected: number;
    };
    /** Environment */
    Environment: {
      /** @description the environment */
      id: string;
      domain: string;
      /** @description my is production; preview, sb01, sb02 are for trying things */
      lane: string;
      /** @description what people read on the pages */
      name: string;
      /** @description the one address of its pages */
      origin: string;
      /** @description 15 to 10080 */
      session_idle_timeout_minutes: number;
      /** @description the idle timeout to 129600 */
      session_total_age_minutes: number;
      /** @description whether ?sessionID= is accepted at the API */
      session_id_in_query: boolean;
      single_sign_on: 'off' | 'offered' | 'required';
      /** @description their password counts although single sign-on is required */
      administrators_exempt: boolean;
      second_factor: 'optional' | 'required';
      /** @description 1 to 1000 */
      max_applications: number;
      appearance: components['schemas']['Appearance'];
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      created_at: string;
      /** @description Raised by each change; the ETag. */
      revision: number;
    };
    /** EnvironmentChange */
    EnvironmentChange: {
      /** @description what people read on the pages */
      name?: string;
      /** @description 15 to 10080 */
      session_idle_timeout_minutes?: number;
      /** @description the idle timeout to 129600 */
      session_total_age_minutes?: number;
      /** @description whether ?sessionID= is accepted at the API */
      session_id_in_query?: boolean;
      single_sign_on?: 'off' | 'offered' | 'required';
      /** @description their password counts although single sign-on is required */
      administrators_exempt?: boolean;
      second_factor?: 'optional' | 'required';
      /** @description 1 to 1000 */
      max_applications?: number;
      appearance?: {
        accent_color?: string | null;
      };
    };
    /** EnvironmentName */
    EnvironmentName: {
      /** @description the environment */
      id: string;
      domain: string;
      /** @description my is production; preview, sb01, sb02 are for trying things */
      lane: string;
      /** @description what people read on the pages */
      name: string;
      /** @description the one address of its pages */
      origin: string;
    };
    /** FirstAdministrator */
    FirstAdministrator: {
      /** @description how they sign in */
      username: string;
      /** @description what people read */
      name: string;
      email?: string | null;
    };
    /** FoundedEnvironment */
    FoundedEnvironment: {
      /** @description the environment */
      id: string;
      domain: string;
      /** @description my is production; preview, sb01, sb02 are for trying things */
      lane: string;
      /** @description what people read on the pages */
      name: string;
      /** @description the one address of its pages */
      origin: string;
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      created_at: string;
      /** @description by which the administrator chooses a password; shown once */
      link: string;
    };
    /** IdentityProvider */
    IdentityProvider: {
      /** @description the identity provider */
      id: string;
      kind: 'oidc' | 'saml';
      /** @description what the button says: Continue with … */
      name: string;
      /** @description false ends what it opened */
      enabled: boolean;
      email_domains: string[];
      first_name_attribute: string | null;
      last_name_attribute: string | null;
      email_attribute: string | null;
      federation_id_attribute: string | null;
      /** @description makes a user for whoever comes for the first time */
      auto_provision: boolean;
      update_names: boolean;
      issuer: string | null;
      client_id: (string | null) | null;
      scope: string | null;
      client_authentication: ('client_secret_basic' | 'client_secret_post' | 'none') | null;
      entity_id: string | null;
      sign_on_url: string | null;
      sign_on_binding: ('redirect' | 'post') | null;
      certificates: string[] | null;
      sign_requests: boolean | null;
      sign_out_url: (string | null) | null;
      sign_out_answer_url: (string | null) | null;
      certificate_ends: string[] | null;
      has_client_secret: boolean;
      /** @description of this server, to be registered at the provider: callback_url and post_logout_redirect_url (oidc); acs_url, slo_url, metadata_url and service_provider_entity_id (saml) */
      addresses: {
        [key: string]: string;
      };
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      created_at: string;
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      updated_at: string;
      last_used_at: string | null;
      /** @description Raised by each change; the ETag. */
      revision: number;
    };
    /** IdentityProviderChange */
    IdentityProviderChange: {
      /** @description what the button says: Continue with … */
      name?: string;
      /** @description false ends what it opened */
      enabled?: boolean;
      email_domains?: string[];
      first_name_attribute?: string | null;
      last_name_attribute?: string | null;
      email_attribute?: string | null;
      federation_id_attribute?: string | null;
      /** @description makes a user for whoever comes for the first time */
      auto_provision?: boolean;
      update_names?: boolean;
      /** @description oidc: exactly as the provider writes it */
      issuer?: string;
      client_id?: string | null;
      /** @description oidc: what is asked for */
      scope?: string;
      client_authentication?: 'client_secret_basic' | 'client_secret_post' | 'none';
      /** @description saml: the provider’s entity ID */
      entity_id?: string;
      /** @description saml: where it takes requests */
      sign_on_url?: string;
      sign_on_binding?: 'redirect' | 'post';
      /** @description saml: PEM */
      certificates?: string[];
      sign_requests?: boolean;
      sign_out_url?: string | null;
      sign_out_answer_url?: string | null;
      /** @description saml: the provider’s metadata (XML), which says the rest; what is written beside it counts more */
      metadata?: string;
      client_secret?: string | null;
    };
    /** Key */
    Key: {
      /** @description the key */
      key_id: string;
      note: string | null;
      /** @description RS256 (a key for PS256 too), ES256 or EdDSA */
      algorithm: string;
      /** @description SHA-256 of the public key (SPKI, DER), hexadecimal */
      fingerprint: string;
      registered_by: {
        /** @description whom the application acts for with it */
        wid: string;
        username: string | null;
        name: string | null;
      };
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      created_at: string;
      last_used_at: string | null;
      deleted_at: string | null;
      public_key_pem: string;
    };
    /** Lane */
    Lane: {
      lane: string;
      /** @description the environment */
      environment_id: string;
      name: string;
      origin: string;
      /** @description the one that you ask */
      current: boolean;
      applications: number;
    };
    /** LastTest */
    LastTest: {
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      at: string;
      refusal: {
        reason: string;
        detail: string;
      } | null;
      mapped: components['schemas']['NamedValues'][];
      received: components['schemas']['NamedValues'][];
    };
    /** Logo */
    Logo: {
      logo_url: string | null;
    };
    /** Me */
    Me: {
      user: components['schemas']['Person'];
      environment: components['schemas']['EnvironmentName'];
      csrf_token: string | null;
      /** @description of the server */
      version: string;
    };
    /** NamedValues */
    NamedValues: {
      name: string;
      values: string[];
    };
    /** NewApplication */
    NewApplication: {
      /** @description what people read on the consent screen */
      name: string;
      description?: string | null;
      description_url?: string | null;
      privacy_url?: string | null;
      terms_url?: string | null;
      developer_name?: string | null;
      developer_email?: string | null;
      redirect_urls?: string[];
      /** @description web with https URLs only */
      remember_consent?: boolean;
      token_type?: 'by-endpoint' | 'sessionID' | 'Bearer';
      enabled?: boolean;
      /** @description it may introspect all the environment’s tokens */
      introspect_environment?: boolean;
      /** @description machine only: scripts may use this API through it */
      admin_api?: boolean;
      refresh_policy?: {
        /** @description each refresh brings a new refresh token */
        rotation?: boolean;
        absolute_days?: number | null;
        inactivity_days?: number | null;
      };
      /** @description web keeps a secret, spa proves itself with PKCE, machine signs JWTs */
      kind: 'web' | 'spa' | 'machine';
    };
    /** NewEnvironment */
    NewEnvironment: {
      domain: string;
      lane: string;
      /** @description what people read on the pages */
      name: string;
      administrator: components['schemas']['FirstAdministrator'];
    };
    /** NewIdentityProvider */
    NewIdentityProvider: {
      /** @description what the button says: Continue with … */
      name: string;
      /** @description false ends what it opened */
      enabled?: boolean;
      email_domains?: string[];
      first_name_attribute?: string | null;
      last_name_attribute?: string | null;
      email_attribute?: string | null;
      federation_id_attribute?: string | null;
      /** @description makes a user for whoever comes for the first time */
      auto_provision?: boolean;
      update_names?: boolean;
      /** @description oidc: exactly as the provider writes it */
      issuer?: string;
      client_id?: string | null;
      /** @description oidc: what is asked for */
      scope?: string;
      client_authentication?: 'client_secret_basic' | 'client_secret_post' | 'none';
      /** @description saml: the provider’s entity ID */
      entity_id?: string;
      /** @description saml: where it takes requests */
      sign_on_url?: string;
      sign_on_binding?: 'redirect' | 'post';
      /** @description saml: PEM */
      certificates?: string[];
      sign_requests?: boolean;
      sign_out_url?: string | null;
      sign_out_answer_url?: string | null;
      /** @description saml: the provider’s metadata (XML), which says the rest; what is written beside it counts more */
      metadata?: string;
      client_secret?: string | null;
      kind: 'oidc' | 'saml';
    };
    /** NewKey */
    NewKey: {
      /** @description PEM, X.509 PEM or JWK */
      public_key?: string;
      generate?: 'RS256' | 'ES256' | 'EdDSA';
      note?: string | null;
    };
    /** NewLane */
    NewLane: {
      lane: string;
    };
    /** NewSecret */
    NewSecret: {
      note?: string | null;
    };
    /** NewUser */
    NewUser: {
      /** @description how the person signs in */
      username: string;
      /** @description what people read on the pages */
      name: string;
      email?: string | null;
      administrator?: boolean;
      /** @description signs in at an identity provider only */
      only_single_sign_on?: boolean;
      /** @description at least 8 characters; never given back */
      password?: string;
      /** @description without a password: a link to choose one goes out */
      invite?: boolean;
    };
    /** OperatedEnvironment */
    OperatedEnvironment: {
      /** @description the environment */
      id: string;
      domain: string;
      /** @description my is production; preview, sb01, sb02 are for trying things */
      lane: string;
      /** @description what people read on the pages */
      name: string;
      /** @description the one address of its pages */
      origin: string;
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      created_at: string;
    };
    /** PasswordLink */
    PasswordLink: {
      sent_to: string | null;
      link: string | null;
    };
    /** Person */
    Person: {
      /** @description the user */
      wid: string;
      username: string;
      name: string;
    };
    /** Problem */
    Problem: {
      /** @description urn:fluxo:problem:<name>; stable */
      type: string;
      title: string;
      status: number;
      /** @description for people: what was wrong and what to do */
      detail: string;
      /** @description the log has it too */
      request_id: string;
      errors?: {
        field: string;
        detail: string;
        /**
         * @description stable; more may be added
         * @enum {string}
         */
        reason?:
          | 'missing'
          | 'too-many'
          | 'of-machine'
          | 'too-long'
          | 'not-ascii'
          | 'wildcard'
          | 'backslash'
          | 'fragment'
          | 'not-absolute'
          | 'credentials'
          | 'http'
          | 'scheme'
          | 'private-use-scheme'
          | 'not-normal'
          | 'answer-parameter'
          | 'own-host';
        /** @description what a sentence of your own about the reason needs */
        values?: {
          /** @description the refused URL, or its beginning */
          url?: string;
          /** @description not-normal: what to write instead */
          normal?: string;
          /** @description answer-parameter: the name in the query */
          parameter?: string;
          /** @description scheme, private-use-scheme: with its colon */
          scheme?: string;
          /** @description too-long, too-many: how much is taken */
          most?: number;
        };
      }[];
    };
    /** ProviderTest */
    ProviderTest: {
      /** @description open it in a browser within 15 minutes */
      url: string;
    };
    /** RedirectUrlCheck */
    RedirectUrlCheck: {
      /** @description web keeps a secret, spa proves itself with PKCE, machine signs JWTs */
      kind: 'web' | 'spa' | 'machine';
      url: string;
    };
    /** RedirectUrlVerdict */
    RedirectUrlVerdict: {
      ok: boolean;
      detail: string | null;
      reason:
        | (
            | 'missing'
            | 'too-many'
            | 'of-machine'
            | 'too-long'
            | 'not-ascii'
            | 'wildcard'
            | 'backslash'
            | 'fragment'
            | 'not-absolute'
            | 'credentials'
            | 'http'
            | 'scheme'
            | 'private-use-scheme'
            | 'not-normal'
            | 'answer-parameter'
            | 'own-host'
          )
        | null;
      /** @description what a sentence of your own about the reason needs */
      values: {
        /** @description the refused URL, or its beginning */
        url?: string;
        /** @description not-normal: what to write instead */
        normal?: string;
        /** @description answer-parameter: the name in the query */
        parameter?: string;
        /** @description scheme, private-use-scheme: with its colon */
        scheme?: string;
        /** @description too-long, too-many: how much is taken */
        most?: number;
      };
    };
    /** RefreshPolicy */
    RefreshPolicy: {
      /** @description each refresh brings a new refresh token */
      rotation: boolean;
      absolute_days: number | null;
      inactivity_days: number | null;
    };
    /** RegisteredApplication */
    RegisteredApplication: {
      /** @description the OAuth client_id */
      client_id: string;
      /** @description web keeps a secret, spa proves itself with PKCE, machine signs JWTs */
      kind: 'web' | 'spa' | 'machine';
      /** @description what people read on the consent screen */
      name: string;
      description: string | null;
      description_url: string | null;
      privacy_url: string | null;
      terms_url: string | null;
      developer_name: string | null;
      developer_email: string | null;
      redirect_urls: string[];
      /** @description web with https URLs only */
      remember_consent: boolean;
      token_type: 'by-endpoint' | 'sessionID' | 'Bearer';
      enabled: boolean;
      /** @description it may introspect all the environment’s tokens */
      introspect_environment: boolean;
      /** @description machine only: scripts may use this API through it */
      admin_api: boolean;
      refresh_policy: components['schemas']['RefreshPolicy'];
      logo_url: string | null;
      connected_users: number;
      last_used_at: string | null;
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      created_at: string;
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      updated_at: string;
      /** @description Raised by each change; the ETag. */
      revision: number;
      client_secret: string | null;
    };
    /** Seal */
    Seal: {
      /** @description events under seals that were looked at */
      checked: number;
      sealed_until: string | null;
      intact: boolean;
      first_broken: string | null;
    };
    /** Secret */
    Secret: {
      /** @description the secret */
      secret_id: string;
      note: string | null;
      /** @description to tell which one a client still sends */
      last_characters: string;
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      created_at: string;
      last_used_at: string | null;
      deleted_at: string | null;
    };
    /** User */
    User: {
      /** @description the user */
      wid: string;
      username: string;
      /** @description what people read on the pages */
      name: string;
      email: string | null;
      administrator: boolean;
      /** @description signs in at an identity provider only */
      only_single_sign_on: boolean;
      enabled: boolean;
      second_factor: boolean;
      connected_applications: number;
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      created_at: string;
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      last_active_at: string;
      /** @description Raised by each change; the ETag. */
      revision: number;
    };
    /** UserChange */
    UserChange: {
      /** @description what people read on the pages */
      name?: string;
      email?: string | null;
      administrator?: boolean;
      /** @description signs in at an identity provider only */
      only_single_sign_on?: boolean;
      /** @description at least 8 characters; never given back */
      password?: string;
      /** @description false ends everything of the user at once */
      enabled?: boolean;
    };
    /** UserConnection */
    UserConnection: {
      /** @description the consent */
      consent_id: string;
      application: components['schemas']['ConnectedApplication'];
      /**
       * Format: date-time
       * @description ISO 8601, UTC
       */
      connected_at: string;
      last_used_at: string | null;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  getMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Me'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listApplications: {
    parameters: {
      query?: {
        limit?: number;
        /** @description next_cursor of the page before */
        cursor?: string;
        /** @description part of a name, or a whole identifier */
        q?: string;
        /** @description web keeps a secret, spa proves itself with PKCE, machine signs JWTs */
        kind?: 'web' | 'spa' | 'machine';
        state?: 'enabled' | 'disabled';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['ApplicationItem'][];
            next_cursor: string | null;
          };
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createApplication: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewApplication'];
      };
    };
    responses: {
      /** @description Default Response */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RegisteredApplication'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getApplication: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the application */
        client_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Application'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteApplication: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the application */
        client_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done; nothing to say. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  updateApplication: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the application */
        client_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ApplicationChange'];
      };
    };
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Application'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  checkRedirectUrl: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RedirectUrlCheck'];
      };
    };
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RedirectUrlVerdict'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  setApplicationLogo: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the application */
        client_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Logo'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteApplicationLogo: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the application */
        client_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done; nothing to say. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listSecrets: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the application */
        client_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Secret'][];
            next_cursor: string | null;
          };
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createSecret: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the application */
        client_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewSecret'];
      };
    };
    responses: {
      /** @description Default Response */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedSecret'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteSecret: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the application */
        client_id: string;
        /** @description the secret */
        secret_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done; nothing to say. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listKeys: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the application */
        client_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Key'][];
            next_cursor: string | null;
          };
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the application */
        client_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewKey'];
      };
    };
    responses: {
      /** @description Default Response */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedKey'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the application */
        client_id: string;
        /** @description the key */
        key_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done; nothing to say. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listConnections: {
    parameters: {
      query?: {
        limit?: number;
        /** @description next_cursor of the page before */
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description the application */
        client_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Connection'][];
            next_cursor: string | null;
          };
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteConnection: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the application */
        client_id: string;
        /** @description the consent */
        consent_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done; nothing to say. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  disconnectAll: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the application */
        client_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Disconnected'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listUsers: {
    parameters: {
      query?: {
        limit?: number;
        /** @description next_cursor of the page before */
        cursor?: string;
        /** @description part of a name, or a whole identifier */
        q?: string;
        state?: 'enabled' | 'disabled';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['User'][];
            next_cursor: string | null;
          };
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createUser: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewUser'];
      };
    };
    responses: {
      /** @description Default Response */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedUser'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the user */
        wid: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the user */
        wid: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done; nothing to say. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  updateUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the user */
        wid: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UserChange'];
      };
    };
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  sendPasswordLink: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the user */
        wid: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PasswordLink'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  signOutUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the user */
        wid: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done; nothing to say. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteSecondFactor: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the user */
        wid: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done; nothing to say. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listUserConnections: {
    parameters: {
      query?: {
        limit?: number;
        /** @description next_cursor of the page before */
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description the user */
        wid: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['UserConnection'][];
            next_cursor: string | null;
          };
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteUserConnection: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the user */
        wid: string;
        /** @description the consent */
        consent_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done; nothing to say. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getEnvironment: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Environment'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  updateEnvironment: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EnvironmentChange'];
      };
    };
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Environment'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  setEnvironmentLogo: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Logo'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteEnvironmentLogo: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done; nothing to say. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listIdentityProviders: {
    parameters: {
      query?: {
        limit?: number;
        /** @description next_cursor of the page before */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['IdentityProvider'][];
            next_cursor: string | null;
          };
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createIdentityProvider: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewIdentityProvider'];
      };
    };
    responses: {
      /** @description Default Response */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IdentityProvider'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getIdentityProvider: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the identity provider */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IdentityProvider'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteIdentityProvider: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the identity provider */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done; nothing to say. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  updateIdentityProvider: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the identity provider */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['IdentityProviderChange'];
      };
    };
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IdentityProvider'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  testIdentityProvider: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the identity provider */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProviderTest'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getLastTest: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the identity provider */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LastTest'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listActivity: {
    parameters: {
      query?: {
        limit?: number;
        /** @description next_cursor of the page before */
        cursor?: string;
        /** @description part of a name, or a whole identifier */
        q?: string;
        /** @description may be repeated; one that ends in a dot stands for all that begin so */
        type?: string[];
        /** @description whom it is about, or who did it */
        wid?: string;
        /** @description the application */
        client_id?: string;
        from?: string;
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['ActivityEvent'][];
            next_cursor: string | null;
          };
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  exportActivity: {
    parameters: {
      query?: {
        /** @description part of a name, or a whole identifier */
        q?: string;
        /** @description may be repeated; one that ends in a dot stands for all that begin so */
        type?: string[];
        /** @description whom it is about, or who did it */
        wid?: string;
        /** @description the application */
        client_id?: string;
        from?: string;
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The table */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  checkActivity: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Seal'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listLanes: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Lane'][];
            next_cursor: string | null;
          };
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createLane: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewLane'];
      };
    };
    responses: {
      /** @description Default Response */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedLane'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  compareLane: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        lane: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['ComparedApplication'][];
            next_cursor: string | null;
          };
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  copyToLane: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        lane: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CopyRequest'];
      };
    };
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Copied'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listEnvironments: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['OperatedEnvironment'][];
            next_cursor: string | null;
          };
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createEnvironment: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewEnvironment'];
      };
    };
    responses: {
      /** @description Default Response */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FoundedEnvironment'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getOperatedEnvironment: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the environment */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OperatedEnvironment'];
        };
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteEnvironment: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description the environment */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done; nothing to say. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Refused; says why */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
