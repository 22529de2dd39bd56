export * from './object-error.js';
export * from './project.js';
export * from './project-fields.js';
export * from './project-requests.js';
