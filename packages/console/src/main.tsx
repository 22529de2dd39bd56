import './theme/styles.js';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { keepFocus } from './shell/keep-focus.js';
import { loadText } from './text/load-text.js';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no place for the console.');

keepFocus();
const text = await loadText();
createRoot(root).render(
  <StrictMode>
    <App firstText={text} />
  </StrictMode>,
);
