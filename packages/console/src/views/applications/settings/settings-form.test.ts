import { describe, expect, test } from 'vitest';
import type { Application } from '../../../api/types.js';
import { changedNames, toPatch, toValues } from './settings-form.js';

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
  const base = toValues(application);

  test('that were only looked at change nothing', () => {
    expect(toPatch(base, base)).toEqual({});
  });

  test('that were changed are sent, and no others: those are left to whoever changes them meanwhile', () => {
    const values = { ...base, name: ' Planner 2 ', description: 'Plans.' };
    expect(toPatch(values, base)).toEqual({ name: 'Planner 2', description: 'Plans.' });
  });

  test('that are empty again are nothing, and an empty line is no redirect URL', () => {
    const before = { ...base, description: 'Plans.' };
    expect(toPatch({ ...before, description: '  ' }, before)).toEqual({ description: null });
    expect(changedNames({ ...base, redirect_urls: [...base.redirect_urls, ''] }, base)).toEqual([]);
  });

  test('send the refresh policy as a whole', () => {
    const refresh_policy = { ...base.refresh_policy, absolute_days: 90 };
    expect(toPatch({ ...base, refresh_policy }, base)).toEqual({
      refresh_policy: { rotation: false, absolute_days: 90, inactivity_days: null },
    });
  });
});
