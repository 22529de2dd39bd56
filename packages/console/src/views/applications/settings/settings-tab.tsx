import type { ReactNode } from 'react';
import { useApplication } from '../use-application.js';
import { DangerZone } from './danger-zone.js';
import { SettingsEditor } from './settings-editor.js';

export function SettingsTab(): ReactNode {
  const { data: application, etag } = useApplication();
  return (
    <>
      {/* Another application is another form; another version of this one is not: what was typed stays. */}
      <SettingsEditor key={application.client_id} application={application} etag={etag} />
      <DangerZone application={application} etag={etag} />
    </>
  );
}
