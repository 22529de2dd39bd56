import type { EnvironmentStorage } from '@fluxo/core';
import type { ProjectStore } from '@fluxo/objects';

/** All ports of one environment, as every driver keeps them. */
export type EnvironmentPorts = EnvironmentStorage & { readonly projects: ProjectStore };
