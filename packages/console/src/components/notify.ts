import { notifications } from '@mantine/notifications';
import type { Text } from '../text/text.js';

const closeButton = ({ t }: Text) => ({ closeButtonProps: { 'aria-label': t('common.close') } });

/** An action's answer where it has no place of its own. Screen readers hear it too. */
export function notifyDone(message: string, text: Text): void {
  notifications.show({ message, color: 'accent', role: 'status', ...closeButton(text) });
}

/** Stays until it is closed. */
export function notifyProblem(message: string, text: Text): void {
  notifications.show({
    ...{ title: text.t('problem.title'), message, color: 'danger', role: 'alert', autoClose: false },
    ...closeButton(text),
  });
}
