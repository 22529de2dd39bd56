import { newOpaqueId, systemRandom, type UserId } from '@fluxo/core';
import type { Project, ProjectId, ProjectSearch } from '@fluxo/objects';
import { describe, expect, it } from 'vitest';
import type { ContractHouse } from './contract-house.js';

function project(name: string, overrides: Partial<Project> = {}): Project {
  return {
    id: newOpaqueId<UserId>(systemRandom) as string as ProjectId,
    name,
    status: 'CUR',
    percentComplete: 12.5,
    priority: 2,
    plannedStartDate: Date.UTC(2026, 0, 5),
    plannedCompletionDate: null,
    ...overrides,
  };
}

const ALL: ProjectSearch = { filters: [], first: 0, limit: 100 };

export function describeProjects(house: ContractHouse): void {
  describe('projects', () => {
    it('come back as they were added', async () => {
      const { storage } = await house.tenant();
      const added = project('Bridge');
      await storage.projects.add([added]);
      expect(await storage.projects.find(added.id)).toEqual(added);
      expect(await storage.projects.find(project('None').id)).toBeUndefined();
    });

    it('are ordered by name, then identifier', async () => {
      const { storage } = await house.tenant();
      const twins = [project('Bridge'), project('Bridge')].sort((a, b) => (a.id < b.id ? -1 : 1));
      const [canal, arch] = [project('Canal'), project('Arch')];
      await storage.projects.add([canal, ...twins, arch]);
      expect(await storage.projects.search(ALL)).toEqual([arch, ...twins, canal]);
    });

    it('first and limit cut a page out, and no project is on two of them', async () => {
      const { storage } = await house.tenant();
      const added = ['a', 'b', 'c', 'd', 'e'].map((name) => project(name));
      await storage.projects.add(added);
      const page = async (first: number) => storage.projects.search({ ...ALL, first, limit: 2 });
      expect([...(await page(0)), ...(await page(2)), ...(await page(4))]).toEqual(added);
      expect(await page(5)).toEqual([]);
      expect(await storage.projects.search({ ...ALL, limit: 0 })).toEqual([]);
    });

    it.each<[keyof Project, string | number]>([
      ['name', 'Bridge'],
      ['status', 'CPL'],
      ['percentComplete', 99.5],
      ['priority', 4],
      ['plannedStartDate', Date.UTC(2026, 5, 1)],
      ['plannedCompletionDate', Date.UTC(2026, 6, 1)],
    ])('are filtered by %s', async (column, value) => {
      const { storage } = await house.tenant();
      const wanted = project('Arch', { [column]: value });
      await storage.projects.add([wanted, project('Canal')]);
      expect(await storage.projects.search({ ...ALL, filters: [{ column, value }] })).toEqual([wanted]);
    });

    it('filters hold together, and a filter’s text is never a statement', async () => {
      const { storage } = await house.tenant();
      const wanted = project(`'; DROP TABLE projects; --`, { priority: 3 });
      await storage.projects.add([wanted, { ...wanted, id: project('x').id, priority: 1 }]);
      const filters = [
        { column: 'name', value: wanted.name },
        { column: 'priority', value: 3 },
      ] as const;
      expect(await storage.projects.search({ ...ALL, filters })).toEqual([wanted]);
    });

    it('are added all or none', async () => {
      const { storage } = await house.tenant();
      const twice = project('Bridge');
      await expect(storage.projects.add([twice, project('Arch'), twice])).rejects.toThrow();
      expect(await storage.projects.search(ALL)).toEqual([]);
    });
  });
}
