import type { AnswerOf, Operation, RequestOf } from '@epione/protocol/api'
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import './route-access.ts'

/** Answers by what it returns, with the operation's first success as status; or says another status, or sends a stream, by `reply`. */
type Handler<O extends Operation> = (
  request: FastifyRequest<RequestOf<O>>,
  reply: FastifyReply
) => AnswerOf<O> | FastifyReply | Promise<AnswerOf<O> | FastifyReply>

/**
 * The route of an operation: Fastify checks the request by the operation's schemas before the handler sees it, and writes no members that
 * the answer's schema does not have.
 */
export function serve<O extends Operation> (operation: O, handler: Handler<O>): RouteOptions {
  const {
    id,
    method,
    path,
    tags,
    summary,
    params,
    query,
    body,
    bodyLimit,
    answers,
    access,
    idempotent,
    stops,
    stream
  }: Operation = operation
  const usual = Number(Object.keys(answers)[0])
  return {
    method,
    url: path,
    ...(bodyLimit !== undefined && { bodyLimit }),
    // A body that is a stream no schema can judge; its CID is.
    ...(stream === 'up' && { validatorCompiler: () => () => true }),
    config: {
      access,
      operation,
      ...(idempotent === true && { idempotent }),
      ...(stops === true && { stops }),
      ...(stream === 'up' && { stream: true })
    },
    schema: {
      operationId: id,
      tags: [...tags],
      summary,
      ...(params !== undefined && { params }),
      ...(query !== undefined && { querystring: query }),
      ...(body !== undefined && { body }),
      response: { ...answers }
    },
    handler: async (request, reply) => await handler(request as FastifyRequest<RequestOf<O>>, reply.code(usual))
  }
}
