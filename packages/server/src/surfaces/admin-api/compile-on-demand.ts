import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';

/**
 * Each schema becomes code when a request first meets it. To make all of it at once takes a few hundred milliseconds,
 * in which the server would answer nobody.
 */
export function compileOnDemand(app: FastifyInstance): void {
  const serializerOf = SerializerSelector()();
  app.setSerializerCompiler((route) =>
    onDemand(() => serializerOf({ ...route, httpStatus: route.httpStatus ?? 'default' })),
  );
  app.setValidatorCompiler((route) => onDemand(() => TypeBoxValidatorCompiler(route)));
}

function onDemand<T, R>(compile: () => (value: T) => R): (value: T) => R {
  let compiled: ((value: T) => R) | undefined;
  return (value) => (compiled ??= compile())(value);
}
