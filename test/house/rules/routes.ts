import ts from 'typescript';
import type { House, SourceFile } from '../house.js';
import type { Rule } from '../rule.js';

/** Every route that anybody may call. Whoever adds one says so here. */
const PUBLIC_ROUTES = [
  'GET health/live',
  'GET health/ready',
  'GET metrics',
  'POST v1/session',
  'GET v1/invitations/:token',
  'POST v1/invitations/:token/acceptance',
  'GET v1/password-resets/:token',
  'POST v1/password-resets/:token',
  // The pages: where one comes in, and what all of them look like.
  'GET ',
  'GET assets/:name',
  'GET demo',
  // The widget, for the pages of every site.
  'GET embed.js',
  'GET embed/:part',
  // What a reader without a script does about a comment.
  'GET report/:site/:article/:id',
  'POST report/:site/:article/:id',
  'POST v1/receipts/:receipt',
  'GET desk',
  'POST desk/session',
  // One-time links: who holds one has nothing else yet.
  'GET desk/invitations/:token',
  'POST desk/invitations/:token',
  'GET desk/password-resets/:token',
  'POST desk/password-resets/:token',
  'POST v1/sites/:site/articles/:article/comments',
  'OPTIONS v1/sites/:site/articles/:article/comments',
  'POST v1/sites/:site/articles/:article/comments/:id/report',
  'OPTIONS v1/sites/:site/articles/:article/comments/:id/report',
  'GET v1/sites/:site/articles/:article/form',
  'GET v1/receipts/:receipt',
  'PATCH v1/receipts/:receipt',
  'DELETE v1/receipts/:receipt',
  'OPTIONS v1/receipts/:receipt',
  'GET v1/sites/:site/articles/:article/comments',
  'GET v1/sites/:site/articles/:article/feed.json',
  'GET v1/sites/:site/articles/:article/feed.atom',
  'GET v1/sites/:site/articles/:article/feed.rss',
  'GET v1/sites/:site/articles/:article/feed.html',
  'GET v1/sites/:site/feed.json',
  'GET v1/sites/:site/feed.atom',
  'GET v1/sites/:site/feed.rss',
  'GET v1/sites/:site/counts',
  'GET openapi.json',
  'GET docs',
];

/** Those who register routes past the controllers, and so past the guard. It answers 405 and nothing else. */
const RAW_ROUTES = ['src/platform/http/wrong-methods.ts'];

const ACCESS = ['Public', 'SignedIn', 'OperatorOnly', 'MemberOnly', 'MemberAnywhere'];
const METHODS = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Options', 'Head', 'All', 'Sse', 'Search'];

interface Route {
  readonly name: string;
  readonly place: string;
  readonly access: readonly string[];
}

function routesOf(file: SourceFile): Route[] {
  const aliases = accessAliases(file);
  return file.all(ts.isClassDeclaration).flatMap((node) => {
    const controller = decoratorCalls(node).find(({ name }) => name === 'Controller');
    const prefixes = controller ? pathsOf(file, controller.call) : [''];
    return node.members.filter(ts.isMethodDeclaration).flatMap((method) => {
      const decorators = decoratorCalls(method);
      const access = decorators.flatMap(({ name }) => aliases.get(name) ?? []);
      const place = file.fault(method, method.name.getText(file.tree));
      return decorators
        .filter(({ name }) => METHODS.includes(name))
        .flatMap(({ name, call }) => pathsOf(file, call).map((path) => ({ verb: name.toUpperCase(), path })))
        .flatMap(({ verb, path }) =>
          prefixes.map((prefix) => ({ name: `${verb} ${[prefix, path].filter(Boolean).join('/')}`, place, access })),
        );
    });
  });
}

/** What each local name demands: `const Reading = () => MemberOnly(…)` demands what MemberOnly does. */
function accessAliases(file: SourceFile): Map<string, string> {
  const aliases = new Map(ACCESS.map((name) => [name, name]));
  for (const { name, initializer } of file.all(ts.isVariableDeclaration)) {
    if (!initializer || !ts.isArrowFunction(initializer) || !ts.isCallExpression(initializer.body)) continue;
    const demanded = aliases.get(initializer.body.expression.getText(file.tree));
    if (demanded) aliases.set(name.getText(file.tree), demanded);
  }
  return aliases;
}

function decoratorCalls(node: ts.HasDecorators): { name: string; call: ts.CallExpression }[] {
  return (ts.getDecorators(node) ?? []).flatMap(({ expression }) =>
    ts.isCallExpression(expression) ? [{ name: expression.expression.getText(), call: expression }] : [],
  );
}

function pathsOf(file: SourceFile, call: ts.CallExpression): string[] {
  const [argument] = call.arguments;
  if (!argument) return [''];
  return (ts.isArrayLiteralExpression(argument) ? [...argument.elements] : [argument]).map((path) =>
    pathOf(file, path),
  );
}

function pathOf(file: SourceFile, node: ts.Expression): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  const constant = file
    .all(ts.isVariableDeclaration)
    .find(({ name }) => name.getText(file.tree) === node.getText(file.tree));
  return constant?.initializer ? pathOf(file, constant.initializer) : node.getText(file.tree);
}

function check(house: House): string[] {
  const routes = house.code.flatMap(routesOf);
  const open = routes.filter(({ access }) => access.includes('Public'));
  return [
    ...routes
      .filter(({ access }) => access.length !== 1)
      .map(
        ({ name, place, access }) => `${place}: ${name} says ${access.join(' and ') || 'nothing'} of who may call it`,
      ),
    ...open
      .filter(({ name }) => !PUBLIC_ROUTES.includes(name))
      .map(({ name, place }) => `${place}: ${name} is public and not listed`),
    ...PUBLIC_ROUTES.filter((name) => !open.some((route) => route.name === name)).map(
      (name) => `${name} is listed and not public`,
    ),
  ];
}

const PUBLIC_ONE = "@Controller('v1')\nclass A {\n  @Get('tea')\n  @Public()\n  pour() {}\n}";

export const guardedRoutes: Rule = {
  title: 'guards every route or lists it as public',
  check,
  breaches: [
    {
      of: 'a route that says nothing',
      texts: {
        'src/a/a.controller.ts': "const PATH = 'v1/tea';\n@Controller(PATH)\nclass A {\n  @Get()\n  pour() {}\n}",
      },
      fault: 'src/a/a.controller.ts:4 pour: GET v1/tea says nothing of who may call it',
    },
    {
      of: 'a route that says two things',
      texts: {
        'src/a/a.controller.ts':
          "const Tea = () => MemberOnly('owner');\nclass A {\n  @Post('tea') @Tea() @Public()\n  pour() {}\n}",
      },
      fault: 'src/a/a.controller.ts:3 pour: POST tea says MemberOnly and Public of who may call it',
    },
    {
      of: 'a public route that is not listed',
      texts: { 'src/a/a.controller.ts': PUBLIC_ONE },
      fault: 'src/a/a.controller.ts:3 pour: GET v1/tea is public and not listed',
    },
    {
      of: 'a list that speaks of what is gone',
      texts: { 'src/a/a.controller.ts': PUBLIC_ONE },
      fault: 'POST v1/session is listed and not public',
    },
  ],
};

export const noRawRoutes: Rule = {
  title: 'registers no route past the guard',
  check: ({ code }: House) =>
    code
      .filter(({ path }) => !RAW_ROUTES.includes(path))
      .flatMap((file) =>
        file
          .all(ts.isCallExpression)
          .filter(isRawRoute)
          .map((node) => file.fault(node, 'registers a route past the guard')),
      ),
  breaches: [
    {
      of: 'a route of Fastify',
      texts: { 'src/a/a.ts': "fastify.get('/tea', pour);" },
      fault: 'src/a/a.ts:1 registers a route past the guard',
    },
    {
      of: 'a route of the adapter',
      texts: { 'src/a/a.ts': "adapter.getInstance().route({ url: '/tea' });" },
      fault: 'src/a/a.ts:1 registers a route past the guard',
    },
  ],
};

function isRawRoute({ expression }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression)) return false;
  const verbs = [...METHODS.map((method) => method.toLowerCase()), 'route'];
  return verbs.includes(expression.name.text) && /fastify|getInstance|adapter/i.test(expression.expression.getText());
}
