import { notifications } from '@mantine/notifications';

/** An action's answer where it has no place of its own. Screen readers hear it too. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'accent', role: 'status' });
}

/** Stays until it is closed. */
export function notifyProblem(title: string, message: string): void {
  notifications.show({ title, message, color: 'danger', role: 'alert', autoClose: false });
}
