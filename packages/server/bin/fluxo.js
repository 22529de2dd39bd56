#!/usr/bin/env node
// Committed, not built: npm links a bin only when its file is there at install time.
import '../dist/main.js';
