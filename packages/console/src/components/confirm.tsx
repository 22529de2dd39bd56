import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useText } from '../text/text.js';
import { ProblemAlert } from './problem-alert.js';

export interface ConfirmProps {
  readonly opened: boolean;
  readonly title: string;
  /** What will be different afterwards, and whether it can be taken back. */
  readonly children: ReactNode;
  /** The deed in a word or two, on the button. */
  readonly action: string;
  /** For what can't be taken back: typed before the button works. */
  readonly typed?: string;
  readonly isRunning: boolean;
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something ends. It stays open while it runs, and when it failed. */
export function Confirm({ opened, onClose, title, ...rest }: ConfirmProps): ReactNode {
  const { t } = useText();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Question {...rest} onClose={onClose} />
    </Modal>
  );
}

function Question(props: Omit<ConfirmProps, 'opened' | 'title'>): ReactNode {
  const { children, action, typed, isRunning, error, onConfirm, onClose } = props;
  const { t } = useText();
  const [word, setWord] = useState('');
  const [isWrong, setWrong] = useState(false);
  const submit = (): void => {
    if (typed !== undefined && word.trim() !== typed) setWrong(true);
    else onConfirm();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        // React passes it on to the form that this question is asked within, which would be sent too.
        event.stopPropagation();
        submit();
      }}
    >
      <Stack>
        <Text component="div">{children}</Text>
        {typed !== undefined && (
          <TextInput
            label={t('common.typeToConfirm', { word: typed })}
            value={word}
            onChange={(event) => {
              setWord(event.currentTarget.value);
              setWrong(false);
            }}
            error={isWrong ? t('common.typeToConfirmWrong', { word: typed }) : undefined}
            autoComplete="off"
            data-autofocus
          />
        )}
        {error !== null && error !== undefined && <ProblemAlert error={error} />}
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" color="danger" loading={isRunning}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
