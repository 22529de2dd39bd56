import { expect } from 'vitest';
import { keyRow } from './machine-application.js';
import { probe } from './probe.js';

/** What is asked of isolation at the port of applications. */
export const APPLICATION_PROBES = {
  find: probe((ports, { application }) => ports.applications.find(application.clientId), undefined),
  findCredentials: probe(
    (ports, { application }) => ports.applications.findCredentials(application.clientId),
    undefined,
  ),
  list: probe((ports) => ports.applications.list(), []),
  count: probe((ports) => ports.applications.count(), 0),
  // A client_id is given out once in all environments: the database refuses, and nothing was written.
  register: probe(async (ports, { application }) => {
    await expect(ports.applications.register(application, undefined)).rejects.toThrow();
  }, undefined),
  update: probe(
    (ports, { application }) => ports.applications.update({ ...application, name: 'Mine' }),
    false,
  ),
  writeTogether: probe(async (ports, { application }) => {
    const { updatedAt: since } = application;
    const writes = [{ kind: 'update', application: { ...application, name: 'Mine' }, since } as const];
    await expect(ports.applications.writeTogether(writes)).rejects.toThrow(/nothing was written/);
  }, undefined),
  delete: probe((ports, { application }) => ports.applications.delete(application.clientId), false),
  listSecrets: probe((ports, { application }) => ports.applications.listSecrets(application.clientId), []),
  addSecret: probe(
    (ports, { application }, here) => ports.applications.addSecret(application.clientId, here.secret(), 10),
    'gone',
  ),
  deleteSecret: probe(
    (ports, { application, secret }) =>
      ports.applications.deleteSecret(application.clientId, secret.id, secret.createdAt),
    false,
  ),
  listKeys: probe((ports, { machine }) => ports.applications.listKeys(machine.application.clientId), []),
  addKey: probe(
    (ports, { machine, user }, here) =>
      ports.applications.addKey(machine.application.clientId, keyRow(here, user), 10),
    'gone',
  ),
  deleteKey: probe(
    (ports, { machine: { application, key } }, here) =>
      ports.applications.deleteKey(application.clientId, key.id, here.now),
    false,
  ),
  isSpaOrigin: probe((ports) => ports.applications.isSpaOrigin('https://spa.example.com'), false),
  setLogo: probe(
    (ports, { application }) => ports.applications.setLogo(application.clientId, undefined),
    false,
  ),
  findLogo: probe((ports, { application }) => ports.applications.findLogo(application.clientId), undefined),
};
