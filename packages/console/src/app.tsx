import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import { queryClient } from './api/query-client.js';
import { router } from './router.js';
import { loadText, storeLocale } from './text/load-text.js';
import { TextContext, type Locale, type Text } from './text/text.js';
import { styleNonce } from './theme/nonce.js';
import { cssVariables, theme } from './theme/theme.js';

export function App({ firstText }: { readonly firstText: Text }): ReactNode {
  const [text, setText] = useState(firstText);
  const textSwitch = useMemo(
    () => ({
      text,
      choose: (locale: Locale) => {
        storeLocale(locale);
        void loadText(locale).then(setText);
      },
    }),
    [text],
  );
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <TextContext value={textSwitch}>
        <QueryClientProvider client={queryClient}>
          <Notifications position="bottom-right" autoClose={6_000} />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </TextContext>
    </MantineProvider>
  );
}
