/**
 * Imports point one way: routes → room → formats → blocks → ui in the browser's half, and
 * main → app → gateway → rooms → sync → storage, cluster in the server's. scripts/imports.test.ts breaks each rule once.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
	forbidden: [
		{
			name: 'no-circle',
			comment:
				'Files that need each other are one file, or miss a third one that both can use. A component that shows trees imports itself.',
			severity: 'error',
			from: { path: '(.+)' },
			to: { circular: true, pathNot: '^$1$', viaOnly: { dependencyTypesNot: ['type-only'] } }
		},
		{
			name: 'no-unresolved',
			comment: 'The import leads nowhere: a wrong path, or a package that is not in package.json.',
			severity: 'error',
			from: { path: '^(src|server|tests)/' },
			to: {
				couldNotResolve: true,
				pathNot: '^(\\$app/|\\$env/|\\$service-worker|\\./\\$types|.*build/handler\\.js$)'
			}
		},
		{
			name: 'no-dev-package-in-production',
			comment: 'The server runs without devDependencies; move the package to dependencies.',
			severity: 'error',
			from: { path: '^server/', pathNot: '(\\.test|\\.contract)\\.ts$|/testing/|^server/dev\\.ts$' },
			to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] }
		},
		{
			name: 'no-test-in-product',
			comment: 'What a test needs stays with the tests.',
			severity: 'error',
			from: { path: '^(src|server)/', pathNot: '(\\.test|\\.contract)\\.ts$' },
			to: { path: '^tests/|\\.test\\.ts$' }
		},

		{
			name: 'server-from-browser-types-only',
			comment: 'src reaches the server through event.locals.app, HTTP and sockets; it may know its types.',
			severity: 'error',
			from: { path: '^src/', pathNot: '^src/hooks\\.server\\.ts$' },
			to: { path: '^server/', dependencyTypesNot: ['type-only'] }
		},
		{
			name: 'hooks-fetch-the-app-only',
			comment: 'The one door from SvelteKit to the running app is instance.ts.',
			severity: 'error',
			from: { path: '^src/hooks\\.server\\.ts$' },
			to: { path: '^server/', pathNot: '^server/instance\\.ts$', dependencyTypesNot: ['type-only'] }
		},
		{
			name: 'ui-knows-nothing-of-rooms',
			severity: 'error',
			from: { path: '^src/lib/ui/' },
			to: { path: '^src/', pathNot: '^src/lib/(ui|paraglide)/' }
		},
		{
			name: 'blocks-use-ui-only',
			severity: 'error',
			from: { path: '^src/lib/blocks/' },
			to: { path: '^src/', pathNot: '^src/lib/(blocks|ui|paraglide)/' }
		},
		{
			name: 'block-imports-no-block',
			comment: 'A block meets others through facts, wires and steps of the format, never by import.',
			severity: 'error',
			from: { path: '^src/lib/blocks/([^/]+)/' },
			to: { path: '^src/lib/blocks/[^/]+/', pathNot: '^src/lib/blocks/$1/' }
		},
		{
			name: 'blocks-through-the-registry',
			comment:
				'Blocks are found by name: their rules in rules.ts, what looks at them in their folders; nobody else needs one in particular.',
			severity: 'error',
			from: {
				path: '^src/lib/blocks/[^/]+\\.ts$',
				pathNot: '^src/lib/blocks/(rules|.*\\.test)\\.ts$'
			},
			to: { path: '^src/lib/blocks/[^/]+/', dependencyTypesNot: ['type-only'] }
		},
		{
			name: 'formats-use-blocks-only',
			severity: 'error',
			from: { path: '^src/lib/formats/' },
			to: { path: '^src/', pathNot: '^src/lib/(formats|blocks|ui|paraglide)/' }
		},
		{
			name: 'formats-are-data',
			comment:
				'A format names blocks, it does not import them: only the contracts beside the folders. A demo is no format: it writes as people do.',
			severity: 'error',
			from: { path: '^src/lib/formats/', pathNot: '(\\.test\\.ts$|^src/lib/formats/demos/)' },
			to: { path: '^src/lib/blocks/([^/]+/|views\\.ts)' }
		},
		{
			name: 'room-knows-no-routes',
			severity: 'error',
			from: { path: '^src/lib/' },
			to: { path: '^src/routes/' }
		},

		{
			name: 'server-uses-no-views',
			comment: 'The server takes formats, and the rules and models of blocks; nothing that renders.',
			severity: 'error',
			from: { path: '^server/' },
			to: {
				path: '^src/',
				pathNot: '^src/lib/(formats|blocks)/.*\\.ts$|^src/lib/paraglide/',
				dependencyTypesNot: ['type-only']
			}
		},
		{
			name: 'server-uses-no-components',
			severity: 'error',
			from: { path: '^server/' },
			to: { path: '\\.svelte(\\.ts)?$|^src/lib/blocks/(views|stages|panels|projectors)\\.ts$' }
		},
		{
			name: 'only-main-makes-the-app',
			severity: 'error',
			from: { path: '^server/', pathNot: '^server/(main|serve|dev|operator/person)\\.ts$|\\.test\\.ts$' },
			to: { path: '^server/(app|serve|main|dev)\\.ts$', dependencyTypesNot: ['type-only'] }
		},
		{
			name: 'rooms-know-no-doors',
			comment: 'Whoever comes in was asked already; rooms are told who it is and may know the type.',
			severity: 'error',
			from: { path: '^server/rooms/' },
			to: { path: '^server/(gateway|identity)/', dependencyTypesNot: ['type-only'] }
		},
		{
			name: 'sync-knows-no-rooms',
			comment: 'A connection is told what it may do; sync neither asks nor knows why.',
			severity: 'error',
			from: { path: '^server/sync/' },
			to: { path: '^server/(gateway|rooms|identity)/|^src/' }
		},
		{
			name: 'storage-knows-no-engine',
			severity: 'error',
			from: { path: '^server/storage/' },
			to: { path: '^server/(gateway|rooms|sync|identity|cluster)/' }
		},
		{
			name: 'storage-knows-types-of-blocks-only',
			severity: 'error',
			from: { path: '^server/storage/', pathNot: '\\.contract\\.ts$' },
			to: { path: '^src/', dependencyTypesNot: ['type-only'] }
		},
		{
			name: 'cluster-knows-no-engine',
			severity: 'error',
			from: { path: '^server/cluster/' },
			to: { path: '^server/(gateway|rooms|sync|identity|storage)/|^src/' }
		},
		{
			name: 'workspace-knows-no-rooms',
			comment: 'People, invitations, settings: rooms ask it about people, it does not ask rooms.',
			severity: 'error',
			from: { path: '^server/workspace/' },
			to: {
				path: '^server/(gateway|rooms|sync|identity)/|^src/lib/formats/',
				dependencyTypesNot: ['type-only']
			}
		},
		{
			name: 'rooms-ask-the-directory',
			comment: 'What rooms know of people they are told by app.ts.',
			severity: 'error',
			from: { path: '^server/rooms/' },
			to: { path: '^server/workspace/' }
		},
		{
			name: 'identity-knows-no-rooms',
			severity: 'error',
			from: { path: '^server/identity/' },
			to: { path: '^server/(gateway|rooms|sync)/|^src/' }
		}
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^src/lib/paraglide/|^build/|^\\.svelte-kit/' },
		tsPreCompilationDeps: true,
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['svelte', 'import', 'node', 'default', 'types'],
			extensions: ['.ts', '.js', '.svelte', '.mjs', '.cjs', '.json', '.d.ts']
		}
	}
};
