#!/usr/bin/env node
// Committed, not built: npm links a bin only when its file is there at install time.
// React renders pages three times as fast when it doesn't look for its users' mistakes; it asks for this when it's loaded.
process.env.NODE_ENV ||= 'production';
await import('../dist/main.js');
