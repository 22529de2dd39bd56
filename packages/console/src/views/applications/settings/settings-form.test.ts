import { describe, expect, test } from 'vitest';
import type { Application } from '../../../api/types.js';
import { tidy, toPatch, toValues } from './settings-form.js';

const application: Application = {
  client_id: '0123456789abcdef0123456789abcdef',
  kind: 'web',
  name: 'Planner',
  description: null,
  description_url: null,
  privacy_url: null,
  terms_url: null,
  developer_name: null,
  developer_email: null,
  redirect_urls: ['https://planner.example/callback'],
  refresh_policy: { rotation: false, absolute_days: null, inactivity_days: null },
  remember_consent: false,
  token_type: 'by-endpoint',
  enabled: true,
  introspect_environment: false,
  admin_api: false,
  logo_url: null,
  connected_users: 0,
  last_used_at: null,
  created_at: '2026-11-27T08:00:00.000Z',
  updated_at: '2026-11-27T08:00:00.000Z',
  revision: 1,
};

describe('the settings', () => {
  const stored = toValues(application);

  test('are sent as the API has them: an empty text is nothing', () => {
    const changes = { name: 'Planner 2', description: 'Plans.', terms_url: '', remember_consent: true };
    expect(toPatch(changes)).toEqual({ ...changes, terms_url: null });
    expect(toPatch({})).toEqual({});
  });

  test('send the refresh policy as a whole', () => {
    const refresh_policy = { ...stored.refresh_policy, absolute_days: 90 };
    expect(toPatch({ refresh_policy })).toEqual({
      refresh_policy: { rotation: false, absolute_days: 90, inactivity_days: null },
    });
  });

  test('are what they were when a space or an empty line was added: that is nothing to be saved', () => {
    const typed = {
      ...stored,
      ...{ name: ' Planner ', description: '  ', redirect_urls: [...stored.redirect_urls, ''] },
    };
    expect(tidy(typed)).toEqual(stored);
    expect(tidy(stored)).toEqual(stored);
  });
});
