/** The one client of both oidc-provider contestants, and whom it acts for. */
export const CLIENT = {
  client_id: 'bench',
  client_secret: 'bench-secret',
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: ['https://reports.example/callback'],
  token_endpoint_auth_method: 'client_secret_post',
};

export const findAccount = (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) });
