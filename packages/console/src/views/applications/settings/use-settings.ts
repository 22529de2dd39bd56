import type { UseFormReturnType } from '@mantine/form';
import {
  applicationKey,
  applicationsKey,
  readApplication,
  updateApplication,
} from '../../../api/applications.js';
import type { Tagged } from '../../../api/client.js';
import type { Application } from '../../../api/types.js';
import { useEdit, type Edit } from '../../../components/use-edit.js';
import { useText } from '../../../text/text.js';
import { tidy, toPatch, toValues, type SettingsValues } from './settings-form.js';

export type SettingsForm = UseFormReturnType<SettingsValues>;

/** The form of one application. */
export function useSettings(stored: Tagged<Application>): Edit<SettingsValues> {
  const { t } = useText();
  const { client_id: clientId } = stored.data;
  return useEdit({
    ...{ stored, toValues, tidy },
    save: (changes, etag) => updateApplication(clientId, etag, toPatch(changes)),
    look: () => readApplication(clientId),
    queryKey: applicationKey(clientId),
    changes: [[...applicationsKey, 'list']],
    done: ({ name }) => t('settings.saved', { name }),
  });
}
