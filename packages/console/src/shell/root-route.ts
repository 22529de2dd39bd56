import { createRootRoute } from '@tanstack/react-router';
import { Shell } from './shell.js';

export const rootRoute = createRootRoute({ component: Shell });
