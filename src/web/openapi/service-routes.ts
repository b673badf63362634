import { Injectable, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ACCESS, type Access } from '../../platform/http/access.js';
import { BODY, type BodyParameter } from '../../platform/http/body.decorator.js';

/** A route as its controller declares it. */
export interface ServiceRoute {
  /** `GET /v1/sites/{site}`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly access: Access;
  readonly body: BodyParameter | null;
}

/** Every route of the running process, read off the controllers. */
@Injectable()
export class ServiceRoutes {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  list(): ServiceRoute[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const controller = metatype.prototype as object;
      const prefix = String(Reflect.getMetadata(PATH_METADATA, metatype));
      return this.scanner.getAllMethodNames(controller).flatMap((name) => {
        const handler: unknown = Reflect.get(controller, name);
        return typeof handler === 'function' ? readRoute(handler, prefix) : [];
      });
    });
  }
}

function readRoute(handler: object, prefix: string): ServiceRoute[] {
  const verb = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
  const access = Reflect.getMetadata(ACCESS, handler) as Access | undefined;
  if (verb === undefined || !access) return [];
  const paths = [Reflect.getMetadata(PATH_METADATA, handler) as string | string[]].flat();
  const body = (Reflect.getMetadata(BODY, handler) as BodyParameter | undefined) ?? null;
  return paths.map((path) => {
    const whole = templateOf(`${prefix}/${path}`);
    const method = RequestMethod[verb];
    return { name: `${method} ${whole}`, method, path: whole, access, body };
  });
}

/** `v1/sites/:site` as `/v1/sites/{site}`. */
export function templateOf(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  return `/${parts.map((part) => part.replace(/^:(\w+)$/, '{$1}')).join('/')}`;
}
